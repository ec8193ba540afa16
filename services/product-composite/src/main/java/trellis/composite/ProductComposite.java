package trellis.composite;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The product page: all that is known of a product, in one answer.
 *
 * @param missing the names of the parts that could not be had
 * @param remembered present if the product service could not be asked
 */
record ProductComposite(
        long productId,
        String name,
        int weight,
        List<Recommendation> recommendations,
        List<Review> reviews,
        List<String> missing,
        @JsonInclude(JsonInclude.Include.NON_NULL) Remembered remembered) {

    /**
     * Says that the product is as it was last seen, not as it is.
     *
     * @param part whose state it is
     * @param asOf when it was last confirmed
     */
    record Remembered(String part, Instant asOf) {}

    static ProductComposite of(KnownProduct known, Part<Recommendation> recommendations, Part<Review> reviews) {
        Product product = known.product();
        return new ProductComposite(
                product.productId(),
                product.name(),
                product.weight(),
                recommendations.items(),
                reviews.items(),
                Stream.of(recommendations, reviews)
                        .filter(Part::missing)
                        .map(Part::name)
                        .toList(),
                known.fresh() ? null : new Remembered("product", known.asOf()));
    }
}
