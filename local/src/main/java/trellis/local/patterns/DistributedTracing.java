package trellis.local.patterns;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import trellis.local.signals.Backend;
import trellis.local.signals.Span;
import trellis.local.signals.SpanTree;
import trellis.local.signals.Trace;

/** One request is one tree of spans, through all services and the broker. */
record DistributedTracing(Scene scene) implements Pattern {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "distributed tracing";
    }

    @Override
    public String done() {
        return "the spans of the same write were asked for";
    }

    @Override
    public Finding show() {
        return new Collected(scene.signals(), Trace.BACKEND, Trace.PORT).asked(this::traced);
    }

    private Finding traced(Backend traces) {
        if (!exports()) {
            return Finding.notShown("the landscape sends no spans: global.tracing.endpoint is not set");
        }
        Set<String> wanted = new HashSet<>(scene.cluster().services());
        Optional<Duration> found =
                Waiting.upTo(PATIENCE, () -> services(spans(traces)).containsAll(wanted));
        List<Span> spans = spans(traces);
        return Finding.of(
                found.isPresent(),
                "trace %s: %d spans of %s, %.0f ms from the request to the last row",
                scene.page().trace(),
                spans.size(),
                spans.isEmpty() ? "nobody" : String.join(", ", services(spans)),
                length(spans));
    }

    private boolean exports() {
        return scene.cluster()
                .kubectl()
                .json("get", "configmap", Scene.COMPOSITE, "--output=json")
                .toString()
                .toLowerCase(Locale.ROOT)
                .contains("otel.exporter.otlp.endpoint");
    }

    private List<Span> spans(Backend traces) {
        return Trace.find(traces, scene.page().trace()).map(SpanTree::spans).orElse(List.of());
    }

    private static Set<String> services(List<Span> spans) {
        return spans.stream().map(Span::service).collect(Collectors.toCollection(TreeSet::new));
    }

    private static double length(List<Span> spans) {
        long start = spans.stream().mapToLong(Span::startMicros).min().orElse(0);
        return (spans.stream()
                                .mapToLong(span -> span.startMicros() + span.micros())
                                .max()
                                .orElse(0)
                        - start)
                / 1e3;
    }
}
