package trellis.chassis.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Validation rules shared by all services. Each throws {@link InvalidInput}, which names the field. */
public class Rules {

    /** White space as in JSON Schema's patterns, which are ECMAScript's: ECMA-262, section 22.2.2.9, {@code \s}. */
    private static final Pattern BLANK = Pattern.compile("[\\t\\n\\x0B\\f\\r\\uFEFF\\p{Zs}\\u2028\\u2029]*");

    /**
     * PostgreSQL's text type cannot contain NUL, and UTF-8 cannot contain an unpaired surrogate: RFC 3629, section 3.
     */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private Rules() {}

    /** Returns the id, which must be 1 or greater. */
    public static long requireId(String field, long id) {
        if (id < 1) {
            throw new InvalidInput(field, "Invalid " + field + ": " + id);
        }
        return id;
    }

    /**
     * Requires 1 to {@code longest} characters (code points, not UTF-16 units) that PostgreSQL can store, not all
     * blank.
     */
    public static void requireText(String field, String text, int longest) {
        if (text == null || BLANK.matcher(text).matches() || text.codePointCount(0, text.length()) > longest) {
            throw new InvalidInput(
                    field, "The " + field + " must have 1 to " + longest + " characters and must not be blank");
        }
        if (UNSTORABLE.matcher(text).find()) {
            throw new InvalidInput(field, "The " + field + " contains NUL or an unpaired surrogate");
        }
    }

    public static void requireAtMost(String field, Collection<?> elements, int most) {
        if (elements.size() > most) {
            throw new InvalidInput(field, "There must be at most " + most + " " + field + ", not " + elements.size());
        }
    }

    public static <T> void requireDistinct(String field, Collection<T> elements, Function<T, ?> id) {
        Set<Object> seen = new HashSet<>();
        elements.stream().map(id).filter(each -> !seen.add(each)).findFirst().ifPresent(twice -> {
            throw new InvalidInput(field, "Duplicate " + field + ": " + twice);
        });
    }
}
