package trellis.recommendation;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.http.Rules;

/** What can be done with recommendations. */
@ApplicationScoped
class Recommendations {

    /** Of one product. */
    static final int MOST = 1000;

    private final RecommendationRepository repository;
    private final RecommendationConfig config;

    Recommendations(RecommendationRepository repository, RecommendationConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /** Those of a product that are rated highly enough to be shown; none if there is no such product. */
    Uni<List<Recommendation>> of(long productId) {
        return repository.recommendations(Rules.requireId("productId", productId), config.minimumRate());
    }

    /** Makes these all recommendations of the product; none if it is deleted. */
    Uni<Void> replace(long productId, List<Recommendation> recommendations) {
        Rules.requireAtMost("recommendations", recommendations, MOST);
        Rules.requireDistinct("recommendationId", recommendations, Recommendation::recommendationId);
        return repository.replace(productId, recommendations);
    }
}
