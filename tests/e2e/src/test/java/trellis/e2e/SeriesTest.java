package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import trellis.local.Services;

/** What the collected metrics can say about each instance, and how many series that takes. */
@ClusterTest
@Tag("signals")
class SeriesTest {
    /** Of a pod, its proxy's included. */
    private static final int FEW = 500;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    SeriesTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    static Stream<String> ofEveryService() {
        return Stream.of(
                "jvm_memory_used_bytes",
                "jvm_gc_pause_seconds_count",
                "jvm_threads_live_threads",
                "netty_eventexecutor_tasks_pending", // of the event loop
                "process_cpu_usage");
    }

    @ParameterizedTest
    @MethodSource("ofEveryService")
    void everyServiceIsMeasuredByVersionPodAndNode(String selector) {
        awaitLabelled(selector, LiveLandscape.SERVICES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http_server_requests_seconds_count{uri=~\"/v1/.+\", status=\"200\"}",
                "http_server_requests_seconds_bucket{uri=~\"/v1/.+\", le=\"0.9\"}"
            })
    void whoeverIsAskedCountsRequestsAndTheirDurationsByRoute(String selector) {
        awaitLabelled(
                selector,
                Stream.concat(LiveLandscape.NEIGHBOURS.stream(), Stream.of(Services.COMPOSITE))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sql_pool_active",
                "sql_pool_queue_size",
                "updates_lag_seconds",
                "updates_dead_letters_total",
                "kafka_consumer_fetch_manager_records_lag_max",
                "database_up"
            })
    void everyReaderOfTheLogHasItsPoolAndItsLag(String selector) {
        awaitLabelled(selector, Services.CORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ft_circuitbreaker_state_current",
                "ft_retry_retries_total",
                "ft_timeout_calls_total",
                "http_client_requests_seconds_count"
            })
    void theCompositeSaysHowItsCallsGo(String selector) {
        awaitLabelled(selector, List.of(Services.COMPOSITE));
    }

    @Test
    void anErrorIsCountedByRouteAndStatus() {
        String errors = "sum(http_server_requests_seconds_count{%s, service=\"%s\", status=\"404\"})"
                .formatted(here(), Services.COMPOSITE);
        double before = signals.series().value(errors);
        for (int i = 0; i < 5; i++) {
            api.page(Api.newId()).requireStatus(404);
        }
        await("five more").atMost(60, SECONDS).until(() -> signals.series().value(errors) >= before + 5);
    }

    @Test
    void theProxiesSayWhoWasAskedAndWhatCameBack() {
        api.newPage();
        for (String proxy : List.of("edge", Services.COMPOSITE)) {
            String asked = proxy.equals("edge") ? Services.COMPOSITE : "product";
            String answers =
                    "sum(envoy_cluster_upstream_rq{%s, service=\"%s\", response_code_class=\"2xx\", cluster_name=~\"%s\"})"
                            .formatted(here(), proxy, "outbound.*[|]" + asked + "[.].*");
            await(answers).atMost(60, SECONDS).until(() -> signals.series().value(answers) > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s_container_restarts",
                "k8s_deployment_desired",
                "k8s_deployment_available",
                "k8s_job_successful_pods"
            })
    void theClusterSaysWhatRestartsRunsAndHasRun(String metric) {
        await(metric)
                .atMost(60, SECONDS)
                .until(() -> signals.series()
                                .value("count(%s{namespace=\"%s\"})"
                                        .formatted(metric, landscape.cluster().namespace()))
                        > 0);
    }

    @Test
    void aPodHasFewSeries() {
        api.newPage();
        Map<String, Double> ofService = new TreeMap<>();
        await("metrics of every service").atMost(60, SECONDS).until(() -> {
            signals.series()
                    .matching("max(count({%s, pod!=\"\"}) by (service, pod)) by (service)".formatted(here()))
                    .forEach(sample -> ofService.put(sample.label("service"), sample.value()));
            return ofService.keySet().containsAll(LiveLandscape.SERVICES);
        });
        System.out.println("    series of a pod: " + ofService);
        assertTrue(ofService.values().stream().allMatch(count -> count < FEW), ofService::toString);
    }

    private void awaitLabelled(String selector, List<String> services) {
        api.newPage();
        String inTheLandscape =
                selector.contains("{") ? selector.replace("{", "{" + here() + ", ") : selector + "{" + here() + "}";
        for (String service : services) {
            List<Series.Sample> samples = await(selector + " of " + service)
                    .atMost(60, SECONDS)
                    .until(
                            () -> signals.series().matching(inTheLandscape).stream()
                                    .filter(sample -> sample.label("service").equals(service))
                                    .toList(),
                            found -> !found.isEmpty());
            for (Series.Sample sample : samples) {
                for (String label : List.of("pod", "node", "version")) {
                    assertTrue(!sample.label(label).isEmpty(), () -> "No " + label + " in " + sample);
                }
            }
        }
    }

    private String here() {
        return "namespace=\"%s\"".formatted(landscape.cluster().namespace());
    }
}
