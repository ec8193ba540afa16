package trellis.review;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What can be done with reviews. Every answer may fail with {@link StoreUnavailable}. */
@ApplicationScoped
class Reviews {

    private final ReviewRepository repository;

    Reviews(ReviewRepository repository) {
        this.repository = repository;
    }

    /** Those of a product; none if there is no such product. */
    Uni<List<Review>> of(long productId) {
        return repository.reviews(requireProductId(productId));
    }

    /** Applies an update once: what is not newer than the last one applied to this product changes nothing. */
    Uni<Void> apply(ReviewUpdate update) {
        return repository.apply(update).invoke(applied -> log(update, applied)).replaceWithVoid();
    }

    /** Refuses what can't be the id of a product. */
    static long requireProductId(long productId) {
        if (productId < 1) {
            throw new InvalidInput("productId", "Invalid productId: " + productId);
        }
        return productId;
    }

    private static void log(ReviewUpdate update, boolean applied) {
        String verb = applied ? "replaced by" : "are newer than";
        Log.infof("Reviews of product %d %s update %d", update.productId(), verb, update.position());
    }
}
