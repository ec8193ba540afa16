package trellis.composite;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.validator.constraints.CodePointLength;
import trellis.chassis.http.UnreadableInput;

/**
 * All that a product page shows, as its author writes it.
 *
 * @param weight in grams
 * @param recommendations none if absent
 * @param reviews none if absent
 */
record PageContent(
        @Text @CodePointLength(max = 200) String name,
        @NotNull @PositiveOrZero Integer weight,
        @Size(max = 1000) List<@NotNull @Valid Recommendation> recommendations,
        @Size(max = 1000) List<@NotNull @Valid Review> reviews) {

    PageContent {
        recommendations = recommendations == null ? List.of() : recommendations;
        reviews = reviews == null ? List.of() : reviews;
        requireUnique("recommendationId", recommendations, Recommendation::recommendationId);
        requireUnique("reviewId", reviews, Review::reviewId);
    }

    private static <T> void requireUnique(String name, List<T> parts, Function<T, Long> id) {
        Set<Long> seen = new HashSet<>();
        parts.stream().filter(Objects::nonNull).map(id).filter(Objects::nonNull).forEach(each -> {
            if (!seen.add(each)) {
                throw new UnreadableInput("Duplicate " + name + ": " + each);
            }
        });
    }
}
