package trellis.local.patterns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import trellis.local.signals.Backend;

/** What goes wrong shows in the collected metrics, with the instance, and an alert says so. */
record Monitoring(Scene scene) implements Pattern {
    /** Of the alerts about a slow neighbour one may inhibit the other. */
    private static final Set<String> ALERTS = Set.of("TrellisCircuitBreakerOpen", "TrellisNeighbourSlow");

    private static final Duration COLLECTED = Duration.ofSeconds(90);
    private static final Duration ALERTED = Duration.ofSeconds(150);
    private static final Duration MENDED = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "monitoring and alerting";
    }

    @Override
    public String done() {
        return "once more: " + new Disturbance(scene.cluster()).inWords() + ", while a page is read";
    }

    @Override
    public Finding show() {
        return new Collected(scene.signals(), "victoria-metrics", 8428).asked(this::watched);
    }

    private Finding watched(Backend metrics) {
        Finding finding;
        try (Undo.Step away = new Disturbance(scene.cluster()).takeAway();
                Reads reads = new Reads(scene.api(), scene.page().productId())) {
            Duration seen =
                    Waiting.until("the open circuit breaker in VictoriaMetrics", COLLECTED, () -> openIn(metrics)
                            .isPresent());
            String said = "VictoriaMetrics had the open breaker of "
                    + openIn(metrics).orElse("an instance") + " after " + Waiting.seconds(seen);
            Collected vmalert = new Collected(scene.signals(), "vmalert", 8880);
            finding = vmalert.isThere()
                    ? vmalert.asked(alerts -> alerted(said, alerts))
                    : Finding.notShown(said + "; there is no vmalert in the namespace "
                            + scene.signals().namespace());
        }
        Waiting.until("a whole page", MENDED, () -> scene.api()
                .page(scene.page().productId())
                .isWhole());
        return finding;
    }

    private Finding alerted(String said, Backend vmalert) {
        Optional<Duration> firing =
                Waiting.upTo(ALERTED, () -> alerts(vmalert).stream().anyMatch(Alert::isFiring));
        List<Alert> alerts = alerts(vmalert);
        String which = alerts.stream().map(Alert::toString).distinct().collect(Collectors.joining(", "));
        return Finding.of(
                !alerts.isEmpty(),
                "%s; %s",
                said,
                firing.map(after -> "vmalert: " + which + " " + Waiting.seconds(after) + " later")
                        .orElse(
                                which.isEmpty()
                                        ? "no alert within " + Waiting.seconds(ALERTED)
                                        : "vmalert: " + which + "; it fires after more time than was waited, "
                                                + Waiting.seconds(ALERTED)));
    }

    private List<Alert> alerts(Backend vmalert) {
        return json(vmalert.get("/api/v1/alerts"))
                .at("/data/alerts")
                .valueStream()
                .filter(alert -> ALERTS.contains(alert.path("name").asText()))
                .filter(alert -> alert.at("/labels/namespace")
                        .asText()
                        .equals(scene.cluster().namespace()))
                .map(Alert::of)
                .toList();
    }

    /** The instance whose breaker was open when its metrics were read last. */
    private Optional<String> openIn(Backend metrics) {
        String query = "%s{namespace=\"%s\",state=\"open\",method=~\".*%s.*\"} > 0"
                .formatted(CircuitBreaker.STATE, scene.cluster().namespace(), Scene.PART);
        return json(metrics.get("/api/v1/query?latency_offset=1s&nocache=1&query=" + URLEncoder.encode(query, UTF_8)))
                .at("/data/result")
                .valueStream()
                .map(series -> series.at("/metric/pod").asText())
                .findFirst();
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This is no JSON: " + response.body(), e);
        }
    }
}
