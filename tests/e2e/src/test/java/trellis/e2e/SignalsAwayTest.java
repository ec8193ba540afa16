package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trellis.local.Services;

/**
 * Takes each part of the observability away for a minute, under load. No request fails. What could be kept is there
 * afterwards, and what could not is printed.
 */
@ClusterTest
@Tag("signals-away")
@Timeout(value = 12, unit = MINUTES)
class SignalsAwayTest {
    private static final int PER_SECOND = 5;
    private static final int MINUTE = 60 * PER_SECOND;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    SignalsAwayTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void withoutTheLogsBackendNoRequestFailsAndEveryLineIsThereAfterwards() {
        List<String> sent = withoutForAMinute(Signals.LOGS);
        awaitEvery(sent, this::logged, "access logs");
        report("logs backend", "access logs", sent, logged());
    }

    @Test
    void withoutTheAgentNoRequestFailsAndEveryLineIsThereAfterwards() {
        List<String> sent = withoutForAMinute(Signals.AGENT);
        awaitEvery(sent, this::logged, "access logs");
        report("agent", "access logs", sent, logged());
    }

    @Test
    void withoutTheTracesBackendNoRequestFailsAndEveryTraceIsThereAfterwards() {
        List<String> sent = withoutForAMinute(Signals.TRACES);
        awaitEvery(sent, () -> traced(sent), "traces");
        report("traces backend", "traces", sent, traced(sent));
    }

    /** Services and sidecars keep no spans on a disk. */
    @Test
    void withoutTheCollectorNoRequestFailsAndTheTracesGoOnAfterwards() {
        List<String> sent = withoutForAMinute(Signals.COLLECTOR);
        awaitEvery(sent, this::logged, "access logs");
        awaitTraceOfANewRead();
        report("collector", "access logs", sent, logged());
        report("collector", "traces", sent, traced(sent));
    }

    @Test
    void withoutTheMetricsBackendNoRequestFailsAndItGoesOnAfterwards() {
        String ready = "up{namespace=\"%s\", service=\"product\"}"
                .formatted(landscape.cluster().namespace());
        awaitMeasured(ready);
        withoutForAMinute(Signals.METRICS);
        awaitMeasured(ready);
        double gap = signals.series().longestGap(ready);
        System.out.printf(Locale.ROOT, "    without the metrics backend: a gap of %.0f s in the metrics%n", gap);
        assertTrue(gap > 50, () -> "It was away for a minute, but the longest gap is " + gap);
        assertTrue(gap < 180, () -> "It was away for a minute, but the longest gap is " + gap);
    }

    /** Returns the trace ids of the requests that were sent before, in the minute, and after it. */
    private List<String> withoutForAMinute(String part) {
        long there = api.newPage();
        awaitTraceOfANewRead();
        try (Load load = Load.ofReadsAndWrites(landscape, there, PER_SECOND)) {
            load.awaitMore(10 * PER_SECOND);
            signals.stop(part);
            load.awaitMore(MINUTE / 2);
            load.awaitMore(MINUTE / 2);
            signals.start(part);
            load.awaitMore(20 * PER_SECOND);
            load.requireNoFailure();
            return load.traces();
        }
    }

    private void awaitTraceOfANewRead() {
        await("a trace of a new read").atMost(90, SECONDS).until(() -> {
            String id = api.pages(0, 1).requireStatus(200).traceId();
            return await().atMost(20, SECONDS).until(() -> signals.traces().of(id), trace -> !trace.spans()
                            .isEmpty())
                    != null;
        });
    }

    private void awaitMeasured(String selector) {
        await(selector)
                .atMost(90, SECONDS)
                .until(() -> signals.series().value("count(%s[20s])".formatted(selector)) > 0);
    }

    private static void awaitEvery(List<String> sent, Supplier<Set<String>> found, String what) {
        await(what).atMost(2, MINUTES).pollInterval(5, SECONDS).untilAsserted(() -> {
            Set<String> missing = new TreeSet<>(sent);
            missing.removeAll(found.get());
            assertEquals(Set.of(), missing, () -> missing.size() + " of " + sent.size() + " " + what + " are missing");
        });
    }

    private static void report(String part, String what, List<String> sent, Set<String> found) {
        long missing = sent.stream().filter(id -> !found.contains(id)).count();
        System.out.printf("    without the %s: %d of %d %s are missing%n", part, missing, sent.size(), what);
    }

    /** The trace ids in the access log of the gateway. */
    private Set<String> logged() {
        return signals
                .logs()
                .matching(Logs.with(Logs.NAMESPACE, landscape.cluster().namespace()) + " "
                        + Logs.with(Logs.SERVICE, "edge") + " _time:10m | fields " + Logs.TRACE)
                .stream()
                .map(record -> record.path(Logs.TRACE).asText())
                .collect(Collectors.toSet());
    }

    /** Those whose traces have spans of the gateway and of every service that has to do with a page. */
    private Set<String> traced(List<String> sent) {
        return sent.stream().filter(id -> isWhole(signals.traces().of(id))).collect(Collectors.toSet());
    }

    private static boolean isWhole(Trace trace) {
        Set<String> services = trace.spans().stream().map(Span::service).collect(Collectors.toSet());
        return services.contains(Services.COMPOSITE)
                && services.containsAll(LiveLandscape.NEIGHBOURS)
                && services.stream().anyMatch(service -> service.startsWith("edge"));
    }
}
