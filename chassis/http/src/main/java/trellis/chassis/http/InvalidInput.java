package trellis.chassis.http;

/** Well-formed input that breaks a rule; the message says which. Mapped to 422. */
public class InvalidInput extends RuntimeException {

    private final String field;

    /** @param field the name of the field or parameter that broke the rule */
    public InvalidInput(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
