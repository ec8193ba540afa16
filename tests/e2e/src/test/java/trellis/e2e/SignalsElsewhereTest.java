package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trellis.local.Services;

/** Two landscapes, one of them without a mesh, and two observabilities. */
@ClusterTest
@Tag("signals-away")
@Timeout(value = 12, unit = MINUTES)
class SignalsElsewhereTest {
    private final ClusterLandscape landscape;
    private final ClusterLandscape second;
    private final Signals signals;
    private final Signals elsewhere;
    private final Api here;
    private final Api there;

    SignalsElsewhereTest(ClusterLandscape landscape, SecondLandscape second, Signals signals, SecondSignals elsewhere) {
        this.landscape = landscape;
        this.second = second.landscape();
        this.signals = signals;
        this.elsewhere = elsewhere.signals();
        here = new Api(landscape);
        there = new Api(() -> this.second.address(Services.COMPOSITE), Optional::empty);
    }

    @Test
    void aLandscapeWithoutTheMeshHasAllButTheProxiesAndIsToldApartByItsNamespace() {
        installTheSecondWithoutAMesh(signals);
        String ofSecond = written(there);
        String ofFirst = written(here);

        Trace trace = signals.traces().awaited(ofSecond, SignalsElsewhereTest::requireEveryService);
        assertEquals(
                Set.copyOf(Services.ALL),
                trace.spans().stream().map(Span::service).collect(toSet()),
                () -> "There is no proxy in " + trace);
        signals.traces().awaited(ofFirst, SignalsElsewhereTest::requireEveryService);
        assertEquals(Set.of(second.cluster().namespace()), namespaces(trace));
        assertEquals(
                Set.of(landscape.cluster().namespace()),
                namespaces(signals.traces().of(ofFirst)));

        awaitLogs(ofSecond, second);
        awaitLogs(ofFirst, landscape);
        for (ClusterLandscape each : List.of(landscape, second)) {
            awaitMetrics(signals, each);
        }
    }

    @Test
    void anObservabilityOfAnotherNamespaceGetsTheSignalsOfTheLandscapeThatNamesIt() {
        elsewhere.heal();
        installTheSecondWithoutAMesh(elsewhere);
        String written = written(there);
        elsewhere.traces().awaited(written, SignalsElsewhereTest::requireEveryService);
        awaitMetrics(elsewhere, second);
        await("logs elsewhere")
                .atMost(20, SECONDS)
                .until(() -> !elsewhere.logs().ofTrace(written).isEmpty());
        assertTrue(signals.traces().of(written).spans().isEmpty(), "It is in the other one, too");
    }

    private void installTheSecondWithoutAMesh(Signals to) {
        second.installation()
                .upgrade("mesh.mode=none", "mesh.tracing.provider=", "global.tracing.endpoint=" + to.collector());
        Cluster cluster = second.cluster();
        cluster.awaitRolledOut(Cluster.WORKLOADS.toArray(String[]::new));
        await("the end of those that send elsewhere") // they may read the log until then
                .atMost(90, SECONDS)
                .until(() -> LiveLandscape.SERVICES.stream()
                        .allMatch(service -> cluster.pods(service).size() == 1));
        await("a working landscape").atMost(2, MINUTES).ignoreExceptions().until(there::works);
    }

    /** The trace id of a page that all have written. */
    private static String written(Api api) {
        long productId = Api.newId();
        String id = api.put(productId, Pages.named("Kettle")).requireStatus(202).traceId();
        await().atMost(20, SECONDS).until(() -> api.isWhole(productId));
        return id;
    }

    private void awaitLogs(String trace, ClusterLandscape from) {
        await("the logs of " + trace).atMost(10, SECONDS).untilAsserted(() -> {
            var records = signals.logs().ofTrace(trace);
            assertTrue(
                    records.stream()
                            .map(record -> record.path(Logs.SERVICE).asText())
                            .collect(toSet())
                            .containsAll(LiveLandscape.SERVICES),
                    records::toString);
            assertEquals(
                    Set.of(from.cluster().namespace()),
                    records.stream()
                            .map(record -> record.path(Logs.NAMESPACE).asText())
                            .collect(toSet()));
        });
    }

    private static void awaitMetrics(Signals signals, ClusterLandscape from) {
        await("the metrics of " + from.cluster().namespace())
                .atMost(60, SECONDS)
                .until(() -> signals
                        .series()
                        .matching("count(process_cpu_usage{namespace=\"%s\"}) by (service)"
                                .formatted(from.cluster().namespace()))
                        .stream()
                        .map(sample -> sample.label("service"))
                        .collect(toSet())
                        .containsAll(LiveLandscape.SERVICES));
    }

    private static void requireEveryService(Trace trace) {
        LiveLandscape.SERVICES.forEach(service ->
                trace.one("span of " + service, span -> span.service().equals(service)));
    }

    /** Of the services: a proxy's span has its namespace in its name. */
    private static Set<String> namespaces(Trace trace) {
        return trace.spans().stream()
                .filter(span -> Services.ALL.contains(span.service()))
                .map(span -> span.resource().get("k8s.namespace.name"))
                .collect(toSet());
    }
}
