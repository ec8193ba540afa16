package trellis.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class HealingTest {
    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    HealingTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"product", "product-composite"})
    void aPodThatIsDeletedIsReplacedAndAProcessThatIsKilledIsStartedAgainWithoutAFailedRead(String service) {
        cluster.scale(service, 2);
        cluster.awaitRolledOut(service);
        try (Load load = Load.ofReads(landscape, api.newPage(), 20)) {
            load.awaitMore(40);
            Pod deleted = cluster.ready(service).getFirst();
            cluster.resource(deleted).delete();
            await().atMost(30, SECONDS)
                    .until(() -> !cluster.notTerminating(service).contains(deleted));
            await().atMost(90, SECONDS).until(() -> cluster.ready(service).size() == 2);

            Pod killed = cluster.ready(service).getLast();
            int restarts = restarts(killed);
            landscape.privilegedPod().send("KILL", killed);
            await().atMost(30, SECONDS).until(() -> restarts(killed) > restarts);
            await().atMost(90, SECONDS).until(() -> cluster.ready(service).size() == 2);
            load.awaitMore(40);
            load.requireNoFailure();
        }
        assertEquals(2, cluster.notTerminating(service).size());
    }

    /** Prints after how long, which depends on the machine. */
    @Test
    void aPageIsWholeAgainOnceTheOnlyProcessOfANeighbourIsStartedAgain() {
        long productId = api.newPage();
        assertEquals(1, cluster.ready("product").size());
        try (Load load = Load.ofReads(landscape, productId, 20)) {
            load.awaitMore(40);
            landscape.privilegedPod().send("KILL", cluster.ready("product").getFirst());
            await().pollInterval(20, MILLISECONDS).until(() -> !api.isWhole(productId));
            await().atMost(60, SECONDS).pollInterval(20, MILLISECONDS).until(() -> api.isWhole(productId));
            double whole = System.currentTimeMillis() / 1e3;
            double started = api.metrics(landscape.management("product")).greatest("process_start_time_seconds");
            System.out.printf("    whole pages %.1f s after the start of product's process%n", whole - started);
            load.requireNoFailure();
        }
    }

    private int restarts(Pod pod) {
        return Cluster.container(cluster.resource(pod).require())
                .map(ContainerStatus::getRestartCount)
                .orElse(0);
    }
}
