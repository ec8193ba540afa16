package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@Proof
class DiscoveryTest {
    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    DiscoveryTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    /** It is made unready by what readiness is there for: its process hangs, so that it doesn't answer the probe. */
    @Test
    void threeInstancesShareTheCallsAndOneThatHangsGetsNoneUntilItAnswersAgain() {
        cluster.scale("product", 3);
        cluster.awaitRolledOut("product");
        List<Pod> all = cluster.ready("product");
        assertEquals(3, all.size());
        try (Load load = Load.ofReads(landscape, api.newPage(), 20)) {
            all.forEach(this::awaitCall);

            Pod hanging = all.getFirst();
            landscape.signals().send("STOP", hanging);
            await().atMost(20, SECONDS).until(() -> !cluster.isListed("product", hanging));
            load.awaitMore(40); // what was under way has ended
            double late = callsTimedOut();
            double before = calls(all.subList(1, 3));
            await().atMost(60, SECONDS).until(() -> calls(all.subList(1, 3)) >= before + 50);
            assertEquals(late, callsTimedOut(), "It was called, though it was not ready");

            landscape.signals().send("CONT", hanging);
            await().atMost(20, SECONDS).until(() -> cluster.isListed("product", hanging));
            awaitCall(hanging);
            load.requireNoFailure();
        }
    }

    private void awaitCall(Pod pod) {
        double before = calls(List.of(pod));
        await().atMost(60, SECONDS).until(() -> calls(List.of(pod)) > before);
    }

    private double calls(List<Pod> pods) {
        return pods.stream()
                .mapToDouble(pod -> metrics(landscape.management(pod))
                        .sum("http_server_requests_seconds_count", "uri=\"/v1/products/{productId}\""))
                .sum();
    }

    private double callsTimedOut() {
        return metrics(landscape.management("product-composite"))
                .sum("ft_timeout_calls_total", "Neighbours.product\"", "timedOut=\"true\"");
    }

    /** A connection that is forwarded may be hung up on, or hang itself, which {@link Api} bears for fifteen seconds. */
    private Metrics metrics(URI management) {
        return await().atMost(40, SECONDS)
                .ignoreExceptions()
                .until(() -> Metrics.of(api, management), Objects::nonNull);
    }
}
