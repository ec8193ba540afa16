package trellis.composite;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The product page: everything about a product in one response.
 *
 * @param missing the names of the parts that were unavailable
 * @param remembered present if the product service was unavailable
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
     * Says that a part is shown as last seen, and may have changed since.
     *
     * @param part the name of the part
     * @param asOf when it was last seen
     */
    record Remembered(String part, Instant asOf) {}

    static ProductComposite of(SeenProduct known, Part<Recommendation> recommendations, Part<Review> reviews) {
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
