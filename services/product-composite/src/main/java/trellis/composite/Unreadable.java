package trellis.composite;

/** Input that has no one meaning; the message says why. */
class Unreadable extends RuntimeException {

    Unreadable(String message) {
        super(message);
    }
}
