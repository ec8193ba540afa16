package trellis.composite;

/** Input that can be read and breaks a rule; the message says which. */
class InvalidInput extends RuntimeException {

    private final String field;

    InvalidInput(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The name of the input that broke the rule. */
    String field() {
        return field;
    }
}
