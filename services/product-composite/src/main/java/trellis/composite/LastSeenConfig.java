package trellis.composite;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The cache of products last seen. */
@ConfigMapping(prefix = "last-seen")
interface LastSeenConfig {

    /** How many products; the least used are forgotten first. */
    @Min(0)
    @Max(1_000_000)
    long size();

    /** How long after a product was last seen. */
    Duration timeToLive();
}
