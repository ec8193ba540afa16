package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Proof
class AbsentAtTheStartTest {
    private final ClusterLandscape landscape;
    private final Cluster cluster;

    AbsentAtTheStartTest(Another another) {
        landscape = another.landscape();
        cluster = landscape.cluster();
    }

    @AfterEach
    void leaveNothingToOthersWhoKnowOneReleaseOnly() {
        landscape.installation().abandon();
    }

    @Test
    void chartsInstalledInTheWrongOrderAreReadyFifteenSecondsAfterTheDatabasesThatCameLast() {
        landscape.installation().remove();
        Landscape.SERVICES.forEach(landscape.installation()::installPart);
        landscape.installation().installPart("mesh");
        await("instances that wait").atMost(2, MINUTES).until(() -> Landscape.SERVICES.stream()
                .allMatch(this::hasStarted));

        landscape.installation().installPart("backing");
        Cluster.databases().forEach(cluster::awaitRolledOut);
        cluster.awaitRolledOut("kafka");
        long start = System.nanoTime();
        cluster.awaitRolledOut(Landscape.SERVICES.toArray(String[]::new));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("    ready %d ms after the databases%n", took.toMillis());
        landscape.awaitWhole();
        assertTrue(took.toSeconds() < 15, () -> "It took " + took);
    }

    /** Whether its pod is there, though it may wait for a Secret or be started again and again. */
    private boolean hasStarted(String service) {
        return !cluster.staying(service).isEmpty();
    }
}
