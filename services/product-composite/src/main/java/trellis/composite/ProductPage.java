package trellis.composite;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Some of all products, as the product service says it.
 *
 * @param next what to pass as {@code after} for the next page; null on the last one
 */
record ProductPage(
        List<Product> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long next) {}
