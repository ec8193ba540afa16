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
 * The content of a product page, as written by its author.
 *
 * @param weight in grams
 * @param recommendations empty if absent or null
 * @param reviews empty if absent or null
 */
record PageContent(
        @NotNull @Text @CodePointLength(max = 200) String name,
        @NotNull @PositiveOrZero Integer weight,
        @Size(max = 1000) List<@NotNull @Valid Recommendation> recommendations,
        @Size(max = 1000) List<@NotNull @Valid Review> reviews) {

    PageContent {
        recommendations = recommendations == null ? List.of() : recommendations;
        reviews = reviews == null ? List.of() : reviews;
    }

    /** Throws {@link InvalidInput} if two recommendations or two reviews have the same id. */
    PageContent requireDistinctIds() {
        Rules.requireDistinct("recommendationId", recommendations, Recommendation::recommendationId);
        Rules.requireDistinct("reviewId", reviews, Review::reviewId);
        return this;
    }
}
