package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trellis.local.Services;

/** What callers make up becomes no label, neither of a service nor of a proxy. */
@ClusterTest
@Tag("signals")
@Timeout(value = 10, unit = MINUTES)
class DifferentRequestsTest {
    private static final int DIFFERENT = 10_000;
    private static final int AT_ONCE = 16;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    DifferentRequestsTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void tenThousandDifferentIdsPathsAndCallersAddNoSeries() throws InterruptedException {
        api.newPage();
        callDifferently(200); // each kind of response adds its series once
        awaitTheNextScrape();
        Map<String, Double> before = countByPod();
        callDifferently(DIFFERENT);
        awaitTheNextScrape();
        Map<String, Double> more = new TreeMap<>();
        countByPod().forEach((pod, count) -> {
            if (count > before.getOrDefault(pod, 0.0)) {
                more.put(pod, count - before.getOrDefault(pod, 0.0));
            }
        });
        assertEquals(Map.of(), more);
    }

    /** In turn: an id, a path below one, a path of no service, an id of another caller, no id and a query. */
    private void callDifferently(int times) throws InterruptedException {
        var anybody = new Api(landscape::address, Optional::empty);
        var free = new Semaphore(AT_ONCE);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                int kind = i % 5;
                long id = Api.newId();
                free.acquire();
                threads.execute(() -> {
                    try {
                        switch (kind) {
                            case 0 -> api.page(id);
                            case 1 -> api.get(Api.PAGES + "/" + id + "/parts");
                            case 2 -> anybody.get("/" + id);
                            case 3 -> api.page(id, "User-Agent", "caller " + id);
                            default -> api.get(Api.PAGES + "/x" + id + "?name=" + id);
                        }
                    } catch (RuntimeException e) {
                        failures.add(e);
                    } finally {
                        free.release();
                    }
                });
            }
        }
        assertEquals(0, failures.size(), failures::toString);
    }

    private void awaitTheNextScrape() {
        String requests =
                "sum(http_server_requests_seconds_count{%s, service=\"%s\"})".formatted(here(), Services.COMPOSITE);
        double now = signals.series().value(requests);
        await("the next scrape").atMost(60, SECONDS).until(() -> {
            api.page(Api.newId());
            return signals.series().value(requests) > now;
        });
    }

    private Map<String, Double> countByPod() {
        Map<String, Double> counts = new TreeMap<>();
        signals.series()
                .matching("count({%s, pod!=\"\"}) by (pod)".formatted(here()))
                .forEach(sample -> counts.put(sample.label("pod"), sample.value()));
        return counts;
    }

    private String here() {
        return "namespace=\"%s\"".formatted(landscape.cluster().namespace());
    }
}
