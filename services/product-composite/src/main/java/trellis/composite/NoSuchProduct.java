package trellis.composite;

/** There is no product with this id, or not yet. */
class NoSuchProduct extends RuntimeException {

    NoSuchProduct(long productId) {
        super("No product found for productId: " + productId);
    }
}
