package trellis.recommendation;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Which recommendations are shown. */
@ConfigMapping(prefix = "recommendation")
interface RecommendationConfig {

    /** Recommendations rated below this are never shown, in percent. */
    @Min(0)
    @Max(100)
    int minimumRate();
}
