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

/**
 * Calls the other services. Timeouts, retries and circuit breakers are configuration ({@code
 * quarkus.fault-tolerance.global}); each method has a circuit breaker of its own. A response that says that the
 * product does not exist, or that the request was wrong, counts as a success.
 */
@ApplicationScoped
@CircuitBreaker(skipOn = {Refused.class, NoSuchProduct.class})
@Retry(abortOn = {Refused.class, NoSuchProduct.class, CircuitBreakerOpenException.class})
@Timeout
class Neighbours {

    private final ProductClient products;
    private final RecommendationClient recommendations;
    private final ReviewClient reviews;

    Neighbours(
            @RestClient ProductClient products,
            @RestClient RecommendationClient recommendations,
            @RestClient ReviewClient reviews) {
        this.products = products;
        this.recommendations = recommendations;
        this.reviews = reviews;
    }

    /** Fails with {@link NoSuchProduct} if it does not exist. */
    @CircuitBreakerName("product")
    Uni<Product> product(long productId) {
        return products.product(productId)
                .onFailure(Refused.Absent.class)
                .transform(absent -> new NoSuchProduct(productId));
    }

    @CircuitBreakerName("products")
    Uni<ProductPage> products(long after, int limit) {
        return products.page(after, limit);
    }

    @CircuitBreakerName("recommendations")
    Uni<List<Recommendation>> recommendations(long productId) {
        return recommendations.recommendations(productId).map(RecommendationClient.RecommendationList::recommendations);
    }

    @CircuitBreakerName("reviews")
    Uni<List<Review>> reviews(long productId) {
        return reviews.reviews(productId).map(ReviewClient.ReviewList::reviews);
    }
}
