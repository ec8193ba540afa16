package trellis.chassis.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** The requests that an instance sends to itself before it reports that it has started. */
@ConfigMapping(prefix = "warm-up")
interface WarmUpConfig {

    /** The path to read; without it there is no warm-up. */
    Optional<String> path();

    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int reads();
}
