package trellis.chassis.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** What an instance asks of itself before it says that it has started. */
@ConfigMapping(prefix = "warm-up")
interface WarmUpConfig {

    /** What is read; absent if there is no warm-up. */
    Optional<String> path();

    /** How often. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int reads();
}
