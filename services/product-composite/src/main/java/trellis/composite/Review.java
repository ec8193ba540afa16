package trellis.composite;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * Somebody wrote about a product.
 *
 * @param reviewId unique among those of one product
 */
record Review(
        @NotNull @Positive Long reviewId,
        @Text @Size(max = 100) String author,
        @Text @Size(max = 200) String subject,
        @Text @Size(max = 4000) String content) {}
