package trellis.recommendation;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.http.Rules;

@ApplicationScoped
class Recommendations {

    /** The maximum for one product. */
    static final int MOST = 1000;

    private final RecommendationRepository repository;
    private final RecommendationConfig config;

    Recommendations(RecommendationRepository repository, RecommendationConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /** Those of a product that have at least the minimum rate; empty if the product does not exist. */
    Uni<List<Recommendation>> of(long productId) {
        return repository.recommendations(Rules.requireId("productId", productId), config.minimumRate());
    }

    /** Replaces all recommendations of the product; an empty list deletes them. */
    Uni<Void> replace(long productId, List<Recommendation> recommendations) {
        Rules.requireAtMost("recommendations", recommendations, MOST);
        Rules.requireDistinct("recommendationId", recommendations, Recommendation::recommendationId);
        return repository.replace(productId, recommendations);
    }
}
