package trellis.chassis.http;

/** The resource does not exist, or not yet. Mapped to 404. */
public abstract class NotFound extends RuntimeException {

    protected NotFound(String message) {
        super(message);
    }
}
