package trellis.chassis.log;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How the log of updates is read. */
@ConfigMapping(prefix = "updates")
interface UpdatesConfig {

    /** Before the first retry while the database is unavailable; each further wait is longer. */
    Duration shortestWait();

    Duration longestWait();

    /** How often the broker is asked whether it compacts the topic. */
    Duration topicCheckInterval();
}
