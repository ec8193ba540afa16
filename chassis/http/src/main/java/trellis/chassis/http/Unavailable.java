package trellis.chassis.http;

/** A dependency is unavailable; the same request may succeed later. Mapped to 503 with Retry-After. */
public class Unavailable extends RuntimeException {

    /** Has no stack trace: during an outage there are many of these, all with the same frames of the driver. */
    public Unavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
