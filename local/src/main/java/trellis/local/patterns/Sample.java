package trellis.local.patterns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import trellis.local.signals.Backend;

/** A series of the collected metrics, at one moment. */
record Sample(JsonNode labels, Instant time) {
    static final Duration STEP = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The first one of each series that matches, to within {@link #STEP}. */
    static List<Sample> first(Backend metrics, String query, Instant since) {
        HttpResponse<String> response = metrics.get("/api/v1/query_range?nocache=1&latency_offset=1s&step="
                + STEP.toSeconds() + "s&start="
                + since.getEpochSecond() + "&query=" + URLEncoder.encode(query, UTF_8));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "VictoriaMetrics answered " + response.statusCode() + ": " + response.body());
        }
        return all(response.body());
    }

    static List<Sample> all(String response) {
        try {
            return JSON.readTree(response)
                    .at("/data/result")
                    .valueStream()
                    .map(series -> new Sample(
                            series.path("metric"),
                            Instant.ofEpochSecond(series.at("/values/0/0").asLong())))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("VictoriaMetrics answered with what is no JSON", e);
        }
    }

    boolean has(String label) {
        return labels.has(label);
    }

    String label(String name) {
        return labels.path(name).asText();
    }
}
