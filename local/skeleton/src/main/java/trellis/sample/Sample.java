package trellis.sample;

import trellis.chassis.http.Rules;

/**
 * The part of a product page that this service owns.
 *
 * @param productId 1 or greater
 * @param name 1 to 200 characters, not blank
 */
record Sample(long productId, String name) {

    static final int LONGEST_NAME = 200;

    Sample {
        Rules.requireId("productId", productId);
        Rules.requireText("name", name, LONGEST_NAME);
    }
}
