package trellis.product;

import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;

/**
 * The part of a product page that this service owns.
 *
 * @param productId 1 or greater
 * @param name 1 to 200 characters, not blank
 * @param weight in grams, 0 or greater
 */
record Product(long productId, String name, int weight) {

    static final int LONGEST_NAME = 200;

    Product {
        Rules.requireId("productId", productId);
        Rules.requireText("name", name, LONGEST_NAME);
        if (weight < 0) {
            throw new InvalidInput("weight", "A weight is 0 grams or more, not " + weight);
        }
    }
}
