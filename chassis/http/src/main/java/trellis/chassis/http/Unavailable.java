package trellis.chassis.http;

/** What is needed for an answer is away; the same request may succeed later. Answered with 503 and Retry-After. */
public class Unavailable extends RuntimeException {

    /** Keeps no stack: while something is away there are many of these, and each would tell of the same driver. */
    public Unavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
