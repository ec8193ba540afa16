package trellis.product;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import trellis.chassis.http.InvalidInput;

/**
 * One page of the list of products, in the order of their ids.
 *
 * @param next the value of {@code after} for the next page; null on the last page
 */
record ProductPage(
        List<Product> products,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long next) {

    static final int LARGEST = 100;

    /** Throws {@link InvalidInput} if no page can have this size. */
    static int requireSize(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw new InvalidInput("limit", "Invalid limit: " + limit + ", a page has 1 to " + LARGEST + " products");
        }
        return limit;
    }

    /** @param found up to {@code limit} + 1 products; the extra one shows that there is a next page */
    static ProductPage of(List<Product> found, int limit) {
        if (found.size() <= limit) {
            return new ProductPage(found, null);
        }
        List<Product> fitting = found.subList(0, limit);
        return new ProductPage(fitting, fitting.getLast().productId());
    }
}
