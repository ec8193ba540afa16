package trellis.review;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.http.Rules;

@ApplicationScoped
class Reviews {

    /** The maximum for one product. */
    static final int MOST = 1000;

    private final ReviewRepository repository;

    Reviews(ReviewRepository repository) {
        this.repository = repository;
    }

    /** Those of a product; empty if the product does not exist. */
    Uni<List<Review>> of(long productId) {
        return repository.reviews(Rules.requireId("productId", productId));
    }

    /** Replaces all reviews of the product; an empty list deletes them. */
    Uni<Void> replace(long productId, List<Review> reviews) {
        Rules.requireAtMost("reviews", reviews, MOST);
        Rules.requireDistinct("reviewId", reviews, Review::reviewId);
        return repository.replace(productId, reviews);
    }
}
