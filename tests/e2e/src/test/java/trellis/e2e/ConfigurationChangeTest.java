package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@ClusterTest
class ConfigurationChangeTest {
    /** Above the rate of the pages' recommendations, so that none is shown. */
    private static final String HIGH_RATE = "recommendation.settings.recommendation\\.minimum-rate=60";

    private static final String TWO = "recommendation.replicaCount=2";

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    ConfigurationChangeTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    @Test
    void aChangedSettingReachesEveryInstanceOfItsServiceAndNoOther() {
        landscape.installation().upgrade(TWO);
        cluster.awaitRolledOut("recommendation");
        List<String> others = new ArrayList<>(Cluster.WORKLOADS);
        others.remove("recommendation");
        var before = cluster.podIdentities(others);
        long productId = api.newPage();
        try (Load load = Load.ofReadsAndWrites(landscape, productId, 10)) {
            landscape.installation().upgrade(TWO, HIGH_RATE);
            cluster.awaitRolledOut("recommendation");
            List<Pod> pods = cluster.ready("recommendation");
            assertEquals(2, pods.size());
            for (Pod pod : pods) {
                assertTrue(shown(pod, productId).isEmpty(), Cluster.nameOf(pod));
            }
            await().atMost(10, SECONDS).until(() -> {
                Response page = api.page(productId).requireStatus(200);
                return page.missing().isEmpty()
                        && page.json().path("recommendations").isEmpty();
            });
            load.requireNoFailure();
        }
        assertEquals(before, cluster.podIdentities(others));
    }

    @Test
    void aValueThatTheSchemaRefusesNeverReachesTheCluster() {
        var before = cluster.podIdentities(Cluster.WORKLOADS);
        var refused = assertThrows(
                Command.Failed.class,
                () -> landscape.installation().upgrade("recommendation.settings.recommendation\\.minimum-rate=101"));
        assertTrue(refused.getMessage().contains("maximum"), refused.getMessage());
        assertEquals(before, cluster.podIdentities(Cluster.WORKLOADS));
    }

    @Test
    void aDiffOfTheManifestSaysWhatWasChangedByHandUntilTheNextUpgradeMendsIt() {
        assertEquals("", landscape.installation().differences());

        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("recommendation")
                .edit(map -> {
                    map.getData()
                            .computeIfPresent(
                                    "application.properties", (file, text) -> text + "recommendation.minimum-rate=7\n");
                    return map;
                });
        cluster.scale("review", 2);
        var changed = assertThrows(Command.Failed.class, landscape.installation()::differences)
                .getMessage();
        assertTrue(changed.contains("\n-    recommendation.minimum-rate=7\n"), changed);
        assertTrue(changed.contains("\n-  replicas: 2\n+  replicas: 1\n"), changed);

        landscape.installation().upgrade();
        assertEquals("", landscape.installation().differences());
    }

    private JsonNode shown(Pod pod, long productId) {
        return api.get(landscape.address(pod).resolve("/v1/recommendations?productId=" + productId))
                .requireStatus(200)
                .json()
                .path("recommendations");
    }
}
