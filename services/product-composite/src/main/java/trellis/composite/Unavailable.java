package trellis.composite;

/** What is needed for an answer is away; the same request may succeed later. */
class Unavailable extends RuntimeException {

    /** Keeps no stack: while a neighbour is away there are many of these. */
    Unavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
