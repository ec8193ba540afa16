package trellis.chassis.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Input that can't be read, or has no one meaning; the message says why. Answered with 400. */
public class UnreadableInput extends RuntimeException {

    public UnreadableInput(String message) {
        super(message);
    }

    /** Says where the JSON can't be read and what was expected there; what Jackson itself says names classes. */
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
                new UnreadableInput("A value of another type is expected for: " + field(mismatch) + place);
            default -> new UnreadableInput("The body is not the JSON that is expected here" + place);
        };
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
