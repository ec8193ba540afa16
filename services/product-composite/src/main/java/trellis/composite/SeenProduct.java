package trellis.composite;

import java.time.Instant;

/**
 * A product, fresh or as last seen.
 *
 * @param asOf when the product service returned it
 * @param fresh whether that was for this request
 */
record SeenProduct(Product product, Instant asOf, boolean fresh) {

    static SeenProduct fresh(Product product) {
        return new SeenProduct(product, Instant.now(), true);
    }

    SeenProduct asLastSeen() {
        return new SeenProduct(product, asOf, false);
    }
}
