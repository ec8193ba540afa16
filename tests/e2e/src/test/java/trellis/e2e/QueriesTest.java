package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every query of every dashboard, and every series of every rule, is executed by the backend and finds something of this
 * landscape.
 */
@ClusterTest
@Tag("signals")
class QueriesTest {
    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;
    private final Queries queries;

    QueriesTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
        queries = new Queries(
                new Helm(signals.namespace()),
                Target.fromEnvironment().chart("trellis-observability"),
                landscape.cluster().namespace());
    }

    @Test
    void everyQueryAndEverySeriesOfARuleHasData() {
        Set<String> all = new TreeSet<>(queries.ofThePage());
        all.addAll(queries.ofGrafana());
        all.addAll(queries.ofTheRules());
        System.out.printf("    %d different queries of dashboards and series of rules%n", all.size());
        assertFalse(all.isEmpty());
        makeAnAutoscaler();
        makeFailures();

        Set<String> without = new TreeSet<>(all);
        await("data for every query")
                .atMost(3, MINUTES)
                .pollInterval(2, SECONDS)
                .untilAsserted(() -> {
                    api.newPage(); // so that there is a rate
                    without.removeIf(query -> !signals.series().matching(query).isEmpty());
                    assertEquals(Set.of(), without);
                });
    }

    @Test
    void thePageOfVictoriaMetricsHasTheDashboardOfEveryService() {
        Set<String> titles = new TreeSet<>();
        for (JsonNode dashboard : signals.series()
                .api()
                .get("/vmui/custom-dashboards")
                .requireStatus(200)
                .json()
                .path("dashboardsSettings")) {
            titles.add(dashboard.path("title").asText());
        }
        assertFalse(titles.isEmpty());
        assertEquals(
                Set.of(),
                LiveLandscape.SERVICES.stream()
                        .filter(service -> !titles.contains(service))
                        .collect(toSet()));
    }

    private void makeAnAutoscaler() {
        landscape
                .installation()
                .upgrade(
                        "review.autoscaling.enabled=true",
                        "review.autoscaling.minReplicas=1",
                        "review.autoscaling.maxReplicas=2");
        landscape.cluster().awaitRolledOut("review");
        landscape.awaitWorking();
    }

    /** The series of what does not happen are not there: a failure, a retry, a breaker that refuses. */
    private void makeFailures() {
        long neverRead = Api.newId();
        landscape.stop("product");
        await("the refusal of the breaker").atMost(60, SECONDS).untilAsserted(() -> {
            api.page(neverRead).requireStatus(503);
            assertFalse(signals.series()
                    .matching(
                            "ft_circuitbreaker_calls_total{namespace=\"%s\", circuitBreakerResult=\"circuitBreakerOpen\"} > 0"
                                    .formatted(landscape.cluster().namespace()))
                    .isEmpty());
        });
        landscape.start("product");
        landscape.awaitWorking();
    }
}
