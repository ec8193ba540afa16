package trellis.composite;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One page of the list of products, as the product service returns it.
 *
 * @param next the value of {@code after} for the next page; null on the last one
 */
record ProductPage(
        List<Product> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long next) {}
