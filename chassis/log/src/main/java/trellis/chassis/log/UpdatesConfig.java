package trellis.chassis.log;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Backoff between retries while the database is unavailable. */
@ConfigMapping(prefix = "updates")
interface UpdatesConfig {

    /** Before the first retry; each further wait is longer. */
    Duration shortestWait();

    Duration longestWait();
}
