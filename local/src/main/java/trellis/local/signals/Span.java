package trellis.local.signals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A span, as Jaeger has it.
 *
 * @param parent the id of the span that caused it; empty if there is none
 * @param details what went wrong in it, and what it waited for
 */
public record Span(
        String id, String parent, String service, String name, long startMicros, long micros, String details) {
    /** The attributes that are printed; those of the same meaning are there twice, by the names of services and of proxies. */
    private static final List<String> TELLING = List.of(
            "error",
            "error.type",
            "http.response.status_code",
            "http.status_code",
            "response_flags",
            "messaging.destination.name",
            "messaging.kafka.destination.partition",
            "db.operation.name",
            "db.operation");

    private static final String OWN = "trellis.";

    static Span of(JsonNode span, JsonNode processes) {
        return new Span(
                span.path("spanID").asText(),
                span.at("/references/0/spanID").asText(),
                processes
                        .path(span.path("processID").asText())
                        .path("serviceName")
                        .asText(),
                span.path("operationName").asText(),
                span.path("startTime").asLong(),
                span.path("duration").asLong(),
                Stream.concat(attributes(span), events(span)).collect(Collectors.joining(", ")));
    }

    private static Stream<String> attributes(JsonNode span) {
        return span.path("tags")
                .valueStream()
                .filter(tag -> isTelling(tag.path("key").asText()))
                .filter(tag -> !tag.path("value").asText().equals("-"))
                .map(tag -> tag.path("key").asText() + "=" + tag.path("value").asText());
    }

    private static boolean isTelling(String key) {
        return TELLING.contains(key) || key.startsWith(OWN);
    }

    private static Stream<String> events(JsonNode span) {
        return span.path("logs").valueStream().map(event -> Stream.of("event", "exception.type", OWN + "call")
                .flatMap(key -> field(event, key))
                .collect(Collectors.joining(" ", "[", "]")));
    }

    private static Stream<String> field(JsonNode event, String key) {
        return event.path("fields")
                .valueStream()
                .filter(field -> field.path("key").asText().equals(key))
                .map(field -> field.path("value").asText());
    }

    @Override
    public String toString() {
        String line = String.format(Locale.ROOT, "%s: %s, %.1f ms", service, name, micros / 1e3);
        return details.isEmpty() ? line : line + " {" + details + "}";
    }
}
