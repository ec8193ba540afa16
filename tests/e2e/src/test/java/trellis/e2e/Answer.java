package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

/** What a service answered. */
record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is nobody's business outside: stack traces, names of classes, SQL. */
    private static final Pattern INSIDE = Pattern.compile(
            "exception|\\bat \\w+\\.\\w+|\\b(java|jakarta|io|org|com|trellis)\\.\\w+\\.\\w+|\\bselect\\b|\\binsert\\b|hibernate|vert\\.x|jackson|SQL",
            Pattern.CASE_INSENSITIVE);

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is no JSON: " + body, e);
        }
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    Answer requireStatus(int expected) {
        assertEquals(expected, status, () -> "Another answer was expected than this: " + body);
        return this;
    }

    /** Holds it to RFC 9457 and to what the API promises of its errors. */
    Answer requireProblem(int expected) {
        requireStatus(expected);
        assertEquals("application/problem+json", header("Content-Type").replaceAll(";.*", ""), body);
        for (String member : List.of("type", "title", "detail", "instance", "traceId")) {
            assertFalse(json().path(member).asText().isBlank(), () -> "No " + member + " in " + body);
        }
        assertEquals(expected, json().path("status").asInt(), body);
        assertTrue(json().path("traceId").asText().matches("[0-9a-f]{32}"), body);
        assertFalse(INSIDE.matcher(body).find(), () -> "This tells of the inside: " + body);
        return this;
    }

    /** As {@link #requireProblem}, and it says when to come again. */
    Answer requireAway() {
        requireProblem(503);
        assertTrue(header("Retry-After").matches("\\d+"), () -> "No Retry-After with " + body);
        return this;
    }

    /** The fields that it complains of. */
    List<String> violatedFields() {
        return json().path("violations").findValuesAsText("field");
    }

    String detail() {
        return json().path("detail").asText();
    }

    /** The parts of the page that could not be had. */
    List<String> missing() {
        return json().path("missing").valueStream().map(JsonNode::asText).toList();
    }

    /** Whether it is a page that lacks no part and is as the services have it now. */
    boolean isWhole() {
        return status == 200 && missing().isEmpty() && !json().has("remembered");
    }
}
