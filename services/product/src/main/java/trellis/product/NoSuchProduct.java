package trellis.product;

import trellis.chassis.http.NotFound;

/** There is no product with this id, or not yet. */
class NoSuchProduct extends NotFound {

    NoSuchProduct(long productId) {
        super("No product found for productId: " + productId);
    }
}
