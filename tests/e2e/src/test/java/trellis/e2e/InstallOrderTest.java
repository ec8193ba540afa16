package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@ClusterTest
class InstallOrderTest {
    private final ClusterLandscape landscape;
    private final Cluster cluster;

    InstallOrderTest(SecondLandscape second) {
        landscape = second.landscape();
        cluster = landscape.cluster();
    }

    @AfterEach
    void deleteTheReleasesOfSingleParts() {
        landscape.installation().deleteNamespace();
    }

    @Test
    void chartsInstalledInTheWrongOrderAreReadyFifteenSecondsAfterTheDatabasesThatCameLast() {
        landscape.installation().deleteNamespaceAndWait();
        LiveLandscape.SERVICES.forEach(landscape.installation()::installPart);
        landscape.installation().installPart("mesh");
        await("instances that wait").atMost(2, MINUTES).until(() -> LiveLandscape.SERVICES.stream()
                .allMatch(this::hasStarted));

        landscape.installation().installPart("backing");
        Cluster.databases().forEach(cluster::awaitRolledOut);
        cluster.awaitRolledOut("kafka");
        long start = System.nanoTime();
        cluster.awaitRolledOut(LiveLandscape.SERVICES.toArray(String[]::new));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("    ready %d ms after the databases%n", took.toMillis());
        landscape.awaitWorking();
        assertTrue(took.toSeconds() < 15, () -> "It took " + took);
    }

    /** Whether its pod exists, even if it waits for a Secret or is restarted repeatedly. */
    private boolean hasStarted(String service) {
        return !cluster.notTerminating(service).isEmpty();
    }
}
