package trellis.chassis.http;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Conditional requests: RFC 9110, section 13. A write is accepted before it is applied, and the state may change in
 * between, so a conditional write is refused.
 */
@Provider
class Preconditions implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final List<String> OF_WRITES =
            List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH, HttpHeaders.IF_UNMODIFIED_SINCE);

    /** Section 8.8.3. */
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");

    private record Condition(String text) {

        private boolean holds(Predicate<MatchResult> matches) {
            return text.strip().equals("*")
                    || ENTITY_TAG.matcher(text).results().anyMatch(matches);
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!SAFE.contains(request.getMethod())) {
            OF_WRITES.stream()
                    .filter(name -> request.getHeaderString(name) != null)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new UnreadableInput(
                                "A write can't be conditional, since it is applied after it is accepted: remove the header "
                                        + name);
                    });
        }
    }

    /**
     * Whether the caller already has this version. Weak tags match strong ones: section 13.1.2.
     *
     * @throws ClientErrorException 412 if If-Match requires another version, by strong comparison: section 13.1.1
     */
    static boolean isKnown(EntityTag tag, HttpHeaders request) {
        String expected = request.getHeaderString(HttpHeaders.IF_MATCH);
        if (expected != null && !new Condition(expected).holds(each -> isStrong(each) && isValueOf(tag, each))) {
            throw new ClientErrorException(
                    "If-Match does not contain the current ETag: " + tag.getValue(), Status.PRECONDITION_FAILED);
        }
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        return known != null && new Condition(known).holds(each -> isValueOf(tag, each));
    }

    private static boolean isStrong(MatchResult tag) {
        return tag.group(1) == null;
    }

    private static boolean isValueOf(EntityTag tag, MatchResult other) {
        return tag.getValue().equals(other.group(2));
    }
}
