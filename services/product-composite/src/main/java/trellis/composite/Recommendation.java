package trellis.composite;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * Somebody recommends a product.
 *
 * @param recommendationId unique among those of one product
 * @param rate how highly, in percent
 * @param content why
 */
record Recommendation(
        @NotNull @Positive Long recommendationId,
        @Text @CodePointLength(max = 100) String author,
        @NotNull @Min(0) @Max(100) Integer rate,
        @Text @CodePointLength(max = 4000) String content) {}
