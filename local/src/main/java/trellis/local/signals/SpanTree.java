package trellis.local.signals;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A trace as text: a line per span, below that of the span that caused it, in order of time. */
public record SpanTree(List<Span> spans) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param response what Jaeger's query API answers of one trace */
    static SpanTree of(String response) {
        try {
            JsonNode trace = JSON.readTree(response).path("data").path(0);
            JsonNode processes = trace.path("processes");
            return new SpanTree(trace.path("spans")
                    .valueStream()
                    .map(span -> Span.of(span, processes))
                    .sorted(comparing(Span::startMicros))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Jaeger answered with what is no JSON", e);
        }
    }

    /** A span whose parent is missing is a root, since the caller may have one of its own elsewhere. */
    @Override
    public String toString() {
        Set<String> ids = spans.stream().map(Span::id).collect(toSet());
        Map<String, List<Span>> children =
                spans.stream().collect(groupingBy(span -> ids.contains(span.parent()) ? span.parent() : ""));
        StringBuilder text = new StringBuilder();
        long start = spans.isEmpty() ? 0 : spans.getFirst().startMicros();
        append(text, children, "", 0, start);
        return text.toString();
    }

    private static void append(
            StringBuilder text, Map<String, List<Span>> children, String parent, int depth, long start) {
        for (Span span : children.getOrDefault(parent, List.of())) {
            double offset = (span.startMicros() - start) / 1e3;
            text.append(String.format(Locale.ROOT, "%9.1f ms  %s%s\n", offset, "  ".repeat(depth), span));
            append(text, children, span.id(), depth + 1, start);
        }
    }
}
