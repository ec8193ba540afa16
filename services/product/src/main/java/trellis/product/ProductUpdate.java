package trellis.product;

import java.util.Optional;

/**
 * The whole new state of a product, or its deletion.
 *
 * @param productId which product
 * @param position its place in the log of all updates of this product; of two updates the one further on is newer
 * @param product what it is from now on; empty if it is deleted
 */
record ProductUpdate(long productId, long position, Optional<Product> product) {}
