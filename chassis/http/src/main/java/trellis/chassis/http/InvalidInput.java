package trellis.chassis.http;

/** Input that can be read and breaks a rule; the message says which. Answered with 422. */
public class InvalidInput extends RuntimeException {

    private final String field;

    /** @param field the name of the input that broke the rule */
    public InvalidInput(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The name of the input that broke the rule. */
    public String field() {
        return field;
    }
}
