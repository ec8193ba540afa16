package trellis.chassis.log;

import java.util.Optional;

/**
 * A record of the log, as its service applies it.
 *
 * @param productId whose state it is
 * @param state what it is from now on; empty if the product is deleted
 */
public record Update<S extends State>(long productId, Optional<S> state) {}
