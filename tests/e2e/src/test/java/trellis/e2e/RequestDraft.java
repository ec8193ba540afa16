package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A mutable request: valid according to its contract until a flaw is recorded. */
final class RequestDraft {
    private static final int LONGEST_LINE = 300;

    final ApiContract.Operation operation;
    final Map<String, String> headers = new LinkedHashMap<>();
    final List<Map.Entry<String, String>> query = new ArrayList<>();
    String method;
    String path;

    /** The product that is read or written; 0 for a list. */
    long productId;

    /** The page that is written; null for other requests. */
    ObjectNode content;

    byte[] body;
    boolean chunked;

    /** The statuses of a read if the product exists. */
    Set<Integer> answeredBy = Set.of(200);

    private final List<String> flaws = new ArrayList<>();
    private final Set<Integer> statuses = new TreeSet<>();

    RequestDraft(ApiContract.Operation operation) {
        this.operation = operation;
        method = operation.method();
        path = operation.path();
    }

    /** @param refusedBy the statuses with which it may be refused */
    void note(String flaw, Set<Integer> refusedBy) {
        flaws.add(flaw);
        statuses.addAll(refusedBy);
    }

    boolean isValid() {
        return flaws.isEmpty();
    }

    /** The statuses with which it may be refused; empty if it is valid. */
    Set<Integer> refusals() {
        return statuses;
    }

    /** Path and query. */
    String target() {
        return query.isEmpty()
                ? path
                : path + "?"
                        + query.stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining("&"));
    }

    /** The operation, and what is wrong with the request. */
    String kind() {
        String asked = method.equals(operation.method()) ? "" : " as " + method;
        return operation + asked + (flaws.isEmpty() ? ", valid" : " with " + String.join(" and ", flaws));
    }

    @Override
    public String toString() {
        return "%s %s %s%s"
                .formatted(
                        method,
                        abbreviated(target()),
                        abbreviated(headers.toString()),
                        body == null ? "" : " " + abbreviated(new String(body, UTF_8)));
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "... " + text.length();
    }
}
