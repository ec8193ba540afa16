package trellis.review;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.http.Rules;

/** What can be done with reviews. */
@ApplicationScoped
class Reviews {

    /** Of one product. */
    static final int MOST = 1000;

    private final ReviewRepository repository;

    Reviews(ReviewRepository repository) {
        this.repository = repository;
    }

    /** Those of a product; none if there is no such product. */
    Uni<List<Review>> of(long productId) {
        return repository.reviews(Rules.requireId("productId", productId));
    }

    /** Makes these all reviews of the product; none if it is deleted. */
    Uni<Void> replace(long productId, List<Review> reviews) {
        Rules.requireAtMost("reviews", reviews, MOST);
        Rules.requireDistinct("reviewId", reviews, Review::reviewId);
        return repository.replace(productId, reviews);
    }
}
