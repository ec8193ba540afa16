package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

@ClusterTest
class WithoutMeshTest {
    private final Installation installation;
    private final Cluster cluster;

    WithoutMeshTest(SecondLandscape second) {
        installation = second.landscape().installation();
        cluster = second.landscape().cluster();
    }

    @Test
    void theSameChartsInstallWhereThereIsNoIstio() {
        installation.deleteNamespaceAndWait();
        installation.installWithoutMesh();

        String report = installation.test();
        assertTrue(report.contains("Succeeded"), report);
        await("the end of every job").atMost(60, SECONDS).until(cluster::hasNoJobLeftToDo);
        assertTrue(
                LiveLandscape.SERVICES.stream()
                        .flatMap(service -> cluster.ready(service).stream())
                        .allMatch(pod -> pod.getSpec().getInitContainers().isEmpty()),
                "A pod has a sidecar");
        installation.deleteNamespace();
    }
}
