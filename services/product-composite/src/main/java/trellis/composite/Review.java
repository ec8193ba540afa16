package trellis.composite;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.CodePointLength;

/** @param reviewId unique among the reviews of one product */
record Review(
        @NotNull @Positive Long reviewId,
        @NotNull @Text @CodePointLength(max = 100) String author,
        @NotNull @Text @CodePointLength(max = 200) String subject,
        @NotNull @Text @CodePointLength(max = 4000) String content) {}
