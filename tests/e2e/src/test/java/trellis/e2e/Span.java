package trellis.e2e;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A piece of work in a trace.
 *
 * @param parent the id of the span that it is part of; empty for the first one
 * @param service that did the work; a proxy's has the namespace, too
 * @param kind {@code server}, {@code client}, {@code producer}, {@code consumer} or {@code internal}
 * @param events the attributes of each
 */
record Span(
        String id,
        String parent,
        String service,
        String name,
        String kind,
        Map<String, String> attributes,
        Map<String, String> resource,
        List<Map<String, String>> events) {

    /** From the form in which Jaeger answers. */
    static Span of(JsonNode span, JsonNode processes) {
        JsonNode process = processes.path(span.path("processID").asText());
        Map<String, String> attributes = texts(span.path("tags"));
        return new Span(
                span.path("spanID").asText(),
                span.path("references")
                        .valueStream()
                        .filter(reference -> reference.path("refType").asText().equals("CHILD_OF"))
                        .map(reference -> reference.path("spanID").asText())
                        .findFirst()
                        .orElse(""),
                process.path("serviceName").asText(),
                span.path("operationName").asText(),
                attributes.getOrDefault("span.kind", "internal"),
                attributes,
                texts(process.path("tags")),
                span.path("logs")
                        .valueStream()
                        .map(event -> texts(event.path("fields")))
                        .toList());
    }

    boolean is(String ofService, String ofKind) {
        return service.equals(ofService) && kind.equals(ofKind);
    }

    boolean hasEvent(String ofName) {
        return events.stream().anyMatch(event -> ofName.equals(event.get("event")));
    }

    boolean isSql() {
        return attributes.keySet().stream().anyMatch(name -> name.startsWith("db."));
    }

    private static Map<String, String> texts(JsonNode fields) {
        return fields.valueStream()
                .collect(toMap(
                        field -> field.path("key").asText(),
                        field -> field.path("value").asText(),
                        (one, other) -> other));
    }
}
