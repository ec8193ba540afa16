package trellis.chassis.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Input that cannot be parsed, or is ambiguous; the message says why. Mapped to 400. */
public class UnreadableInput extends RuntimeException {

    public UnreadableInput(String message) {
        super(message);
    }

    /** Says where parsing failed and what was expected. Jackson's own message would reveal class names. */
    static UnreadableInput because(JacksonException e) {
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return switch (e) {
            case JsonMappingException refused when refused.getCause() instanceof UnreadableInput cause -> cause;
            case UnrecognizedPropertyException unknown ->
                new UnreadableInput("Unknown field: " + field(unknown) + place);
            case JsonMappingException mismatch
            when !mismatch.getPath().isEmpty() ->
                new UnreadableInput("A value has the wrong type: " + field(mismatch) + place);
            default -> new UnreadableInput("The body is not the expected JSON" + place);
        };
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
