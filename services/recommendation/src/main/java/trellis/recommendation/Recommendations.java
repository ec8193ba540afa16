package trellis.recommendation;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What can be done with recommendations. Every answer may fail with {@link StoreUnavailable}. */
@ApplicationScoped
class Recommendations {

    private final RecommendationRepository repository;
    private final RecommendationConfig config;

    Recommendations(RecommendationRepository repository, RecommendationConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /** Those of a product that are rated highly enough to be shown; none if there is no such product. */
    Uni<List<Recommendation>> of(long productId) {
        return repository.recommendations(requireProductId(productId), config.minimumRate());
    }

    /** Applies an update once: what is not newer than the last one applied to this product changes nothing. */
    Uni<Void> apply(RecommendationUpdate update) {
        return repository.apply(update).invoke(applied -> log(update, applied)).replaceWithVoid();
    }

    /** Refuses what can't be the id of a product. */
    static long requireProductId(long productId) {
        if (productId < 1) {
            throw new InvalidInput("productId", "Invalid productId: " + productId);
        }
        return productId;
    }

    private static void log(RecommendationUpdate update, boolean applied) {
        String verb = applied ? "replaced by" : "are newer than";
        Log.infof("Recommendations of product %d %s update %d", update.productId(), verb, update.position());
    }
}
