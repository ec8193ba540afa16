package trellis.composite;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The cache of last-seen products. */
@ConfigMapping(prefix = "last-seen")
interface LastSeenConfig {

    /** The maximum number of products; the least used are evicted first. */
    @Min(0)
    @Max(1_000_000)
    long size();

    /** How long a product is kept after it was last seen. */
    Duration timeToLive();
}
