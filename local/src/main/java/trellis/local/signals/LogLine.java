package trellis.local.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/**
 * A line of a container's log, as VictoriaLogs has it.
 *
 * @param details what belongs to it, such as a stack trace; may be empty
 */
public record LogLine(
        Instant time, String service, String pod, String container, String level, String message, String details) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /**
     * In order of time.
     *
     * @param response a JSON object per line
     */
    static List<LogLine> all(String response) {
        return response.lines()
                .filter(line -> !line.isBlank())
                .map(LogLine::of)
                .sorted(Comparator.comparing(LogLine::time))
                .toList();
    }

    private static LogLine of(String json) {
        try {
            JsonNode line = JSON.readTree(json);
            return new LogLine(
                    Instant.parse(line.path("_time").asText()),
                    line.path("service.name").asText(),
                    line.path("k8s.pod.name").asText(),
                    line.path("k8s.container.name").asText(),
                    line.path("severity_text").asText().replace("Unspecified", "-"),
                    line.path("_msg").asText(),
                    line.path("stackTrace").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("VictoriaLogs answered with what is no JSON: " + json, e);
        }
    }

    /** Times are UTC; further lines are indented. */
    @Override
    public String toString() {
        String where = container.equals("istio-proxy") ? pod + " (proxy)" : pod;
        String first = String.join(" ", TIME.format(time), "%-5s".formatted(level), where + ":", message);
        return (details.isEmpty() ? first : first + "\n" + details.stripTrailing()).replace("\n", "\n    ");
    }
}
