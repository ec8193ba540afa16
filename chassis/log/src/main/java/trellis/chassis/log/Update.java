package trellis.chassis.log;

import java.util.Optional;

/**
 * A record of the log of updates, parsed for the service that applies it.
 *
 * @param state the product's new state; empty if the product is deleted
 */
public record Update<S extends State>(long productId, Optional<S> state) {}
