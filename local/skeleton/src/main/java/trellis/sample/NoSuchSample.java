package trellis.sample;

import trellis.chassis.http.NotFound;

/** There is no product with this id, or not yet. */
class NoSuchSample extends NotFound {

    NoSuchSample(long productId) {
        super("No sample found for productId: " + productId);
    }
}
