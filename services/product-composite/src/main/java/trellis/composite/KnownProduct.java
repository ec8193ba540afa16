package trellis.composite;

import java.time.Instant;

/**
 * A product, fresh or as last seen.
 *
 * @param asOf when the product service returned it
 * @param fresh whether that was for this request
 */
record KnownProduct(Product product, Instant asOf, boolean fresh) {

    static KnownProduct fresh(Product product) {
        return new KnownProduct(product, Instant.now(), true);
    }

    KnownProduct asLastSeen() {
        return new KnownProduct(product, asOf, false);
    }
}
