package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

@ClusterTest
class UninstallTest {
    private static final Set<String> DATA = Set.of(
            "Secret product-db",
            "Secret recommendation-db",
            "Secret review-db",
            "PersistentVolumeClaim data-product-db-0",
            "PersistentVolumeClaim data-recommendation-db-0",
            "PersistentVolumeClaim data-review-db-0",
            "PersistentVolumeClaim data-kafka-0");

    private final ClusterLandscape landscape;

    UninstallTest(SecondLandscape second) {
        landscape = second.landscape();
    }

    @Test
    void onlyTheDataIsLeftAndASecondInstallFindsIt() {
        landscape.heal();
        var api = new Api(landscape);
        long productId = api.newPage();
        landscape.installation().test(); // it creates objects that must be deleted too

        landscape.installation().uninstall();
        await().atMost(60, SECONDS)
                .pollInterval(1, SECONDS)
                .untilAsserted(() -> assertEquals(DATA, new NamespaceObjects(landscape.cluster()).created()));

        landscape.heal();
        assertTrue(api.isWhole(productId), "What was written before is there");
    }
}
