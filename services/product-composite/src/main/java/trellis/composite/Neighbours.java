package trellis.composite;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import trellis.chassis.calls.NotUpYet;
import trellis.chassis.calls.Reachability;

/**
 * Calls the other services. Timeouts, retries and circuit breakers are configuration ({@code
 * quarkus.fault-tolerance.global}); each method has a circuit breaker of its own. A response that says that the
 * product does not exist, or that the request was wrong, counts as a success, and so does a neighbour that isn't up yet:
 * {@link Reachability}.
 */
@ApplicationScoped
@CircuitBreaker(skipOn = {Refused.class, NoSuchProduct.class, NotUpYet.class})
@Retry(abortOn = {Refused.class, NoSuchProduct.class, CircuitBreakerOpenException.class})
@Timeout
class Neighbours {

    private final ProductClient products;
    private final RecommendationClient recommendations;
    private final ReviewClient reviews;
    private final Reachability reachability;

    Neighbours(
            @RestClient ProductClient products,
            @RestClient RecommendationClient recommendations,
            @RestClient ReviewClient reviews,
            Reachability reachability) {
        this.products = products;
        this.recommendations = recommendations;
        this.reviews = reviews;
        this.reachability = reachability;
        reachability.probe("product", () -> products.page(0, 1));
        reachability.probe("products", () -> products.page(0, 1));
        reachability.probe("recommendations", () -> recommendations.recommendations(1));
        reachability.probe("reviews", () -> reviews.reviews(1));
    }

    /** Fails with {@link NoSuchProduct} if it does not exist. */
    @CircuitBreakerName("product")
    Uni<Product> product(long productId) {
        return reachability
                .of("product", products.product(productId))
                .onFailure(Refused.Absent.class)
                .transform(absent -> new NoSuchProduct(productId));
    }

    @CircuitBreakerName("products")
    Uni<ProductPage> products(long after, int limit) {
        return reachability.of("products", products.page(after, limit));
    }

    @CircuitBreakerName("recommendations")
    Uni<List<Recommendation>> recommendations(long productId) {
        return reachability
                .of("recommendations", recommendations.recommendations(productId))
                .map(RecommendationClient.RecommendationList::recommendations);
    }

    @CircuitBreakerName("reviews")
    Uni<List<Review>> reviews(long productId) {
        return reachability.of("reviews", reviews.reviews(productId)).map(ReviewClient.ReviewList::reviews);
    }
}
