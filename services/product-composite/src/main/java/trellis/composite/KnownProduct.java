package trellis.composite;

import java.time.Instant;

/**
 * A product, and how it is known.
 *
 * @param asOf when the product service said so
 * @param fresh whether it said so for this very request
 */
record KnownProduct(Product product, Instant asOf, boolean fresh) {

    static KnownProduct fresh(Product product) {
        return new KnownProduct(product, Instant.now(), true);
    }

    KnownProduct asLastSeen() {
        return new KnownProduct(product, asOf, false);
    }
}
