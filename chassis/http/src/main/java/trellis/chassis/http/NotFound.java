package trellis.chassis.http;

/** There is no such thing, or not yet. Answered with 404. */
public abstract class NotFound extends RuntimeException {

    protected NotFound(String message) {
        super(message);
    }
}
