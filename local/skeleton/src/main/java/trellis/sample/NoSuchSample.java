package trellis.sample;

import trellis.chassis.http.NotFound;

/** Nothing is stored of the product, or not yet. */
class NoSuchSample extends NotFound {

    NoSuchSample(long productId) {
        super("No sample found for productId: " + productId);
    }
}
