package trellis.composite;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * @param recommendationId unique among the recommendations of one product
 * @param rate in percent
 */
record Recommendation(
        @NotNull @Positive Long recommendationId,
        @NotNull @Text @CodePointLength(max = 100) String author,
        @NotNull @Min(0) @Max(100) Integer rate,
        @NotNull @Text @CodePointLength(max = 4000) String content) {}
