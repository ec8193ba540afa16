package trellis.chassis.log;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How an update waits for the database. */
@ConfigMapping(prefix = "updates")
interface UpdatesConfig {

    /** Before it is tried for the second time; each further wait is longer. */
    Duration shortestWait();

    /** No wait is longer than this. */
    Duration longestWait();
}
