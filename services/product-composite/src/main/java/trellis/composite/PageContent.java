package trellis.composite;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;

/**
 * All that a product page shows, as its author writes it.
 *
 * @param weight in grams
 * @param recommendations none if absent or null
 * @param reviews none if absent or null
 */
record PageContent(
        @Text @CodePointLength(max = 200) String name,
        @NotNull @PositiveOrZero Integer weight,
        @Size(max = 1000) List<@NotNull @Valid Recommendation> recommendations,
        @Size(max = 1000) List<@NotNull @Valid Review> reviews) {

    PageContent {
        recommendations = recommendations == null ? List.of() : recommendations;
        reviews = reviews == null ? List.of() : reviews;
    }

    /** No two parts of a kind have one id. Throws {@link InvalidInput}. */
    PageContent requireDistinctIds() {
        Rules.requireDistinct("recommendationId", recommendations, Recommendation::recommendationId);
        Rules.requireDistinct("reviewId", reviews, Review::reviewId);
        return this;
    }
}
