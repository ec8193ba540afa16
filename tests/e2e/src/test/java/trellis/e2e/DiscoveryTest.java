package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

@ClusterTest
class DiscoveryTest {
    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    DiscoveryTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    /** The instance's process is frozen, so that its readiness probe times out. */
    @Test
    void threeInstancesShareTheCallsAndOneThatHangsGetsNoneUntilItAnswersAgain() {
        cluster.scale("product", 3);
        cluster.awaitRolledOut("product");
        List<Pod> all = cluster.ready("product");
        assertEquals(3, all.size());
        try (Load load = Load.ofReads(landscape, api.newPage(), 20)) {
            all.forEach(this::awaitAnswer);

            Pod hanging = all.getFirst();
            landscape.privilegedPod().send("STOP", hanging);
            await().atMost(20, SECONDS).until(() -> !cluster.isListed("product", hanging));
            load.awaitMore(40); // until the sidecars have the new endpoints
            long sent = requests("rq_total", hanging);
            long before = answered(all.get(1)) + answered(all.get(2));
            await().atMost(30, SECONDS).until(() -> answered(all.get(1)) + answered(all.get(2)) >= before + 50);
            assertTrue(requests("rq_total", hanging) <= sent, "It is called, though it is not ready");

            landscape.privilegedPod().send("CONT", hanging);
            await().atMost(20, SECONDS).until(() -> cluster.isListed("product", hanging));
            awaitAnswer(hanging);
            load.requireNoFailure();
        }
    }

    private void awaitAnswer(Pod pod) {
        long before = answered(pod);
        await("a response of " + Cluster.nameOf(pod)).atMost(30, SECONDS).until(() -> answered(pod) > before);
    }

    private long answered(Pod pod) {
        return requests("rq_success", pod);
    }

    /** As counted by the caller's sidecar for each instance; 0 for an instance that it does not know any more. */
    private long requests(String counter, Pod pod) {
        return sidecarOfCaller()
                .path("cluster_statuses")
                .valueStream()
                .filter(cluster -> cluster.path("name").asText().startsWith("outbound|80||product."))
                .flatMap(cluster -> cluster.path("host_statuses").valueStream())
                .filter(host -> host.at("/address/socket_address/address")
                        .asText()
                        .equals(pod.getStatus().getPodIP()))
                .flatMap(host -> host.path("stats").valueStream())
                .filter(stat -> stat.path("name").asText().equals(counter))
                .mapToLong(stat -> stat.path("value").asLong())
                .sum();
    }

    /** A forwarded connection may be closed or hang; {@link Api} retries for fifteen seconds. */
    private JsonNode sidecarOfCaller() {
        return await().atMost(40, SECONDS)
                .ignoreExceptions()
                .until(
                        () -> api.get(landscape.sidecar("product-composite").resolve("/clusters?format=json")),
                        response -> response.status() == 200)
                .json();
    }
}
