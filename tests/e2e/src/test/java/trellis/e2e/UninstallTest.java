package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@ClusterTest
class UninstallTest {
    private static final Set<String> DATA = Stream.concat(
                    Cluster.databases()
                            .flatMap(database ->
                                    Stream.of("Secret " + database, "PersistentVolumeClaim data-" + database + "-0")),
                    Stream.of(
                            "PersistentVolumeClaim data-kafka-0",
                            "PersistentVolumeClaim data-keycloak-0",
                            "Secret " + Keycloak.NAME,
                            "Secret " + Installation.CERTIFICATE))
            .collect(Collectors.toSet());

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
