package trellis.chassis.calls;

/** A neighbour that has answered nothing yet can't be reached, as while it starts. No failure for a circuit breaker. */
public class NotUpYet extends RuntimeException {

    NotUpYet(Throwable failure) {
        super("Can't be reached, and has answered nothing yet: " + failure.getMessage(), failure);
    }
}
