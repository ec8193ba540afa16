package trellis.composite;

/**
 * What a product is, as the product service says it.
 *
 * @param weight in grams
 */
record Product(long productId, String name, int weight) {}
