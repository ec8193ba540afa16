package trellis.composite;

import trellis.chassis.http.NotFound;

/** The product does not exist, or not yet. */
class NoSuchProduct extends NotFound {

    NoSuchProduct(long productId) {
        super("No product found for productId: " + productId);
    }
}
