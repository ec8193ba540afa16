package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class StalledRollOutTest {
    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    StalledRollOutTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    /**
     * An image that does not exist; a port that the schema accepts, but at which the application finds no database.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "product.image.tag=no-such-version,product.image.digest=",
                "product.database.port=1",
            })
    void aVersionThatDoesNotStartGetsNoRequestsAndIsRolledBack(String mistake) {
        var old = cluster.podIdentities(List.of("product"));
        try (Load load = Load.ofReadsAndWrites(landscape, api.newPage(), 10)) {
            assertThrows(
                    Command.Failed.class,
                    () -> landscape.installation().upgradeWithin(25, mistake),
                    "Helm says that it failed");
            Pod stalled = cluster.notTerminating("product").stream()
                    .filter(pod -> cluster.ready("product").stream().noneMatch(pod::equals))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no new instance"));
            assertTrue(!cluster.isListed("product", stalled), "It would take requests");
            assertTrue(cluster.podIdentities(List.of("product")).containsAll(old), "The old one is gone");

            landscape.installation().rollback();
            await().atMost(60, SECONDS)
                    .until(() -> cluster.podIdentities(List.of("product")).equals(old));
            cluster.awaitRolledOut("product");
            load.requireNoFailure();
        }
        assertEquals(old, cluster.podIdentities(List.of("product")));
    }
}
