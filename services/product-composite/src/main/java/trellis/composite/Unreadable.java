package trellis.composite;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;

/** Input that can't be read, or has no one meaning; the message says why. */
class Unreadable extends RuntimeException {

    Unreadable(String message) {
        super(message);
    }

    /** Says where the JSON can't be read and what was expected there; what Jackson itself says names classes. */
    static Unreadable because(JacksonException e) {
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return switch (e) {
            case JsonMappingException refused when refused.getCause() instanceof Unreadable cause -> cause;
            case UnrecognizedPropertyException unknown -> new Unreadable("Unknown field: " + field(unknown) + place);
            case JsonMappingException mismatch
            when !mismatch.getPath().isEmpty() ->
                new Unreadable("A value of another type is expected for: " + field(mismatch) + place);
            default -> new Unreadable("The body is no product page in JSON" + place);
        };
    }

    private static String field(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
