package trellis.local.signals;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a trace, as W3C Trace Context has it. */
public record TraceId(String hex) {
    private static final Pattern ID =
            Pattern.compile("(?:[0-9a-f]{2}-)?(?<id>[0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?");

    /**
     * Takes the id alone, or a header such as {@code traceresponse} that contains it.
     *
     * @throws IllegalStateException if there is none in it
     */
    public static TraceId of(String text) {
        Matcher found = ID.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!found.matches() || found.group("id").matches("0+")) {
            throw new IllegalStateException("'" + text + "' is no trace id: TRACE is 32 hexadecimal digits, as in the"
                    + " response header traceresponse, or that header as a whole");
        }
        return new TraceId(found.group("id"));
    }

    @Override
    public String toString() {
        return hex;
    }
}
