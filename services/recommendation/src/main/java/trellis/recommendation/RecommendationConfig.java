package trellis.recommendation;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

@ConfigMapping(prefix = "recommendation")
interface RecommendationConfig {

    /** Recommendations with a lower rate are never shown, in percent. */
    @Min(0)
    @Max(100)
    int minimumRate();
}
