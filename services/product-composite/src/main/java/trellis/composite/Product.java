package trellis.composite;

/**
 * A product as the product service returns it.
 *
 * @param weight in grams
 */
record Product(long productId, String name, int weight) {}
