package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

record Response(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Internals that no caller should see: stack traces, class names, SQL. */
    private static final Pattern INTERNALS = Pattern.compile(
            "exception|\\bat \\w+\\.\\w+|\\b(java|jakarta|io|org|com|trellis)\\.\\w+\\.\\w+"
                    + "|\\bselect\\b|\\binsert\\b|hibernate|vert\\.x|jackson|SQL",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TRACE_RESPONSE = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    static Response of(HttpResponse<String> response) {
        return new Response(response.statusCode(), response.headers(), response.body());
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is not JSON: " + body, e);
        }
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The id of the trace, from the header that W3C Trace Context Level 2 describes. */
    String traceId() {
        Matcher header = TRACE_RESPONSE.matcher(header("traceresponse"));
        assertTrue(
                header.matches(),
                () -> "No trace id: traceresponse is '" + header("traceresponse") + "', with " + body);
        return header.group(1);
    }

    Response requireStatus(int expected) {
        assertEquals(expected, status, () -> "Expected another response than: " + body);
        return this;
    }

    /** Requires a problem document as in RFC 9457, with the members that the API promises. */
    Response requireProblem(int expected) {
        requireMembers(expected, List.of("type", "title", "detail", "instance", "traceId"));
        assertTrue(json().path("traceId").asText().matches("[0-9a-f]{32}"), body);
        assertFalse(INTERNALS.matcher(body).find(), () -> "This reveals internals: " + body);
        return this;
    }

    /**
     * As {@link #requireProblem}, but of the gateway, which says with which request it was, and with which trace if there
     * is a collector that it sends it to.
     */
    Response requireProblemOfTheGateway(int expected) {
        List<String> members = new ArrayList<>(List.of("type", "title", "detail", "instance", "requestId"));
        if (TRACE_RESPONSE.matcher(header("traceresponse")).matches()) {
            members.add("traceId");
        }
        return requireMembers(expected, members);
    }

    /** As {@link #requireProblemOfTheGateway}, but of a request that it has not read to the end. */
    Response requireProblemOfAnUnreadRequest(int expected) {
        return requireMembers(expected, List.of("type", "title", "detail"));
    }

    /** Requires a 503 problem document with Retry-After. */
    Response requireUnavailable() {
        requireProblem(503);
        assertTrue(header("Retry-After").matches("\\d+"), () -> "No Retry-After with " + body);
        return this;
    }

    private Response requireMembers(int expected, List<String> members) {
        requireStatus(expected);
        assertEquals("application/problem+json", header("Content-Type").replaceAll(";.*", ""), body);
        for (String member : members) {
            assertFalse(json().path(member).asText().isBlank(), () -> "No " + member + " in " + body);
        }
        assertEquals(expected, json().path("status").asInt(), body);
        return this;
    }

    /** The fields of the listed violations. */
    List<String> violatedFields() {
        return json().path("violations").findValuesAsText("field");
    }

    String detail() {
        return json().path("detail").asText();
    }

    /** The names of the parts that were unavailable. */
    List<String> missing() {
        return json().path("missing").valueStream().map(JsonNode::asText).toList();
    }

    /** Whether the page has all its parts, none of them as last seen. */
    boolean isWhole() {
        return status == 200 && missing().isEmpty() && !json().has("remembered");
    }
}
