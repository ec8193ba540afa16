package trellis.local.patterns;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import trellis.local.signals.Backend;

/** What went wrong shows in the collected metrics, with the instance and since when, and an alert says so. */
record Monitoring(Scene scene, Disturbance neighbour) implements Pattern {
    private static final String BACKEND = "victoria-metrics";
    private static final int PORT = 8428;
    private static final String ALERTER = "vmalert";

    /** What may be said of it; one of these alerts may inhibit the other. */
    private static final List<String> ALERTS = List.of(
            "alertname=\"TrellisCircuitBreakerOpen\",breaker=\"%s\"".formatted(Scene.PART),
            "alertname=\"TrellisNeighbourSlow\",service=\"%s\"".formatted(Scene.NEIGHBOUR));

    /** Longer than they take, with their usual windows. */
    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private static final Duration COLLECTED = Duration.ofSeconds(60);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    @Override
    public String name() {
        return "monitoring and alerting";
    }

    @Override
    public String done() {
        return "the open circuit breaker was looked for in the collected metrics and the alerts";
    }

    @Override
    public Finding show() {
        return new Collected(scene.signals(), BACKEND, PORT).asked(this::watched);
    }

    private Finding watched(Backend metrics) {
        Optional<Duration> collected =
                Waiting.upTo(COLLECTED, () -> !open(metrics).isEmpty());
        if (collected.isEmpty()) {
            return new Finding(Verdict.DOES_NOT_HOLD, "VictoriaMetrics has no open circuit breaker of " + Scene.PART);
        }
        Sample first = open(metrics).getFirst();
        String said = "VictoriaMetrics: open in %s since %s UTC, %s %s was disturbed"
                .formatted(first.label("pod"), TIME.format(first.time()), after(first), Scene.NEIGHBOUR);
        if (scene.signals().find("service", ALERTER).isEmpty()) {
            return Finding.notShown(said + "; no alert, since there is no " + ALERTER + " in the namespace "
                    + scene.signals().namespace());
        }
        Waiting.upTo(left(), () -> !alerts(metrics, "firing").isEmpty());
        List<Sample> firing = alerts(metrics, "firing");
        return firing.isEmpty()
                ? pending(said, alerts(metrics, "pending"))
                : Finding.of(true, said + "; firing: " + words(firing));
    }

    private Finding pending(String said, List<Sample> pending) {
        return Finding.of(
                !pending.isEmpty(),
                said
                        + (pending.isEmpty()
                                ? "; no alert within " + Waiting.seconds(PATIENCE)
                                : "; pending: " + words(pending) + ", which takes longer to fire than "
                                        + Waiting.seconds(PATIENCE)));
    }

    private String words(List<Sample> alerts) {
        return alerts.stream()
                .map(alert -> alert.label("alertname") + " of " + alert.label(alert.has("pod") ? "pod" : "service")
                        + " " + after(alert))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** To within {@link Sample#STEP}. */
    private String after(Sample sample) {
        Duration time = Duration.between(neighbour.takenAway(), sample.time());
        return time.compareTo(Sample.STEP) < 0 ? "already before" : Waiting.seconds(time) + " after";
    }

    private Duration left() {
        return PATIENCE.minus(Duration.between(neighbour.takenAway(), Instant.now()));
    }

    private List<Sample> open(Backend metrics) {
        return since(
                metrics,
                "%s{namespace=\"%s\",state=\"open\",method=~\".*%s.*\"} > 0"
                        .formatted(CircuitBreaker.STATE, scene.cluster().namespace(), Scene.PART));
    }

    /** As vmalert writes them. */
    private List<Sample> alerts(Backend metrics, String state) {
        return ALERTS.stream()
                .flatMap(alert -> since(
                        metrics,
                        "ALERTS{namespace=\"%s\",alertstate=\"%s\",%s}"
                                .formatted(scene.cluster().namespace(), state, alert))
                        .stream())
                .toList();
    }

    private List<Sample> since(Backend metrics, String query) {
        return Sample.first(metrics, query, neighbour.takenAway()).stream()
                .sorted(Comparator.comparing(Sample::time))
                .toList();
    }
}
