package trellis.sample;

import trellis.chassis.http.NotFound;

/** The product does not exist, or not yet. */
class NoSuchSample extends NotFound {

    NoSuchSample(long productId) {
        super("No sample found for productId: " + productId);
    }
}
