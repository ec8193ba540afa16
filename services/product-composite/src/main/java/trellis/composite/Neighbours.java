package trellis.composite;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.Status.Family;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The services behind this one. How long each is waited for, how often it is asked again and when it is left alone is
 * configuration ({@code quarkus.fault-tolerance.global}), each question with a breaker of its own. That there is no such thing, or that the question was wrong, is an answer
 * and counts for the neighbour.
 */
@ApplicationScoped
@CircuitBreaker(skipOn = Neighbours.Refused.class)
@Retry(abortOn = {Neighbours.Refused.class, CircuitBreakerOpenException.class})
@Timeout
class Neighbours {

    /** A neighbour understood the question and refuses it: a mistake on this side, which asking again will not mend. */
    static class Refused extends RuntimeException {
        Refused(WebApplicationException answer) {
            super("A neighbour refused the question", answer);
        }
    }

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

    /** Empty if there is no such product. */
    @CircuitBreakerName("product")
    Uni<Optional<Product>> product(long productId) {
        return heard(products.product(productId).map(Optional::of))
                .onFailure(Neighbours::isAbsent)
                .recoverWithItem(Optional.empty());
    }

    @CircuitBreakerName("products")
    Uni<ProductPage> products(long after, int limit) {
        return heard(products.page(after, limit));
    }

    @CircuitBreakerName("recommendations")
    Uni<List<Recommendation>> recommendations(long productId) {
        return heard(recommendations.recommendations(productId)).map(RecommendationClient.Answer::recommendations);
    }

    @CircuitBreakerName("reviews")
    Uni<List<Review>> reviews(long productId) {
        return heard(reviews.reviews(productId)).map(ReviewClient.Answer::reviews);
    }

    private static <T> Uni<T> heard(Uni<T> question) {
        return question.onFailure(Neighbours::isRefused)
                .transform(answer -> new Refused((WebApplicationException) answer));
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && answer.getResponse().getStatusInfo().getFamily() == Family.CLIENT_ERROR;
    }

    private static boolean isAbsent(Throwable failure) {
        return failure instanceof Refused refused
                && ((WebApplicationException) refused.getCause()).getResponse().getStatus()
                        == Status.NOT_FOUND.getStatusCode();
    }
}
