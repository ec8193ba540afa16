package trellis.product;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import trellis.chassis.http.InvalidInput;

/**
 * Some of all products, in the order of their ids.
 *
 * @param products at most as many as were asked for
 * @param next where the next page starts: pass it as {@code after}; null on the last page
 */
record ProductPage(
        List<Product> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long next) {

    static final int LARGEST = 100;

    /** Refuses a size that no page can have. */
    static int requireSize(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw new InvalidInput("limit", "Invalid limit: " + limit + ", a page has 1 to " + LARGEST + " products");
        }
        return limit;
    }

    /** A page of the given size from one product more than fits, which tells whether there is a next page. */
    static ProductPage of(List<Product> found, int limit) {
        if (found.size() <= limit) {
            return new ProductPage(found, null);
        }
        List<Product> fitting = found.subList(0, limit);
        return new ProductPage(fitting, fitting.getLast().productId());
    }
}
