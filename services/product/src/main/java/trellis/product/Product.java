package trellis.product;

/**
 * What a product is: the part of a product page that this service owns.
 *
 * @param productId 1 or greater
 * @param name 1 to 200 characters, not blank
 * @param weight in grams, 0 or greater
 */
record Product(long productId, String name, int weight) {

    static final int LONGEST_NAME = 200;

    Product {
        requireId(productId);
        if (name == null || name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw new InvalidInput("name", "A name has 1 to " + LONGEST_NAME + " characters");
        }
        if (weight < 0) {
            throw new InvalidInput("weight", "A weight is 0 grams or more, not " + weight);
        }
    }

    /** Refuses what can't be the id of a product. */
    static long requireId(long productId) {
        if (productId < 1) {
            throw new InvalidInput("productId", "Invalid productId: " + productId);
        }
        return productId;
    }
}
