package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Proof
class UninstallTest {
    private static final Set<String> DATA = Stream.concat(
                    Cluster.databases()
                            .flatMap(database ->
                                    Stream.of("Secret " + database, "PersistentVolumeClaim data-" + database + "-0")),
                    Stream.of("PersistentVolumeClaim data-kafka-0"))
            .collect(Collectors.toSet());

    private final ClusterLandscape landscape;

    UninstallTest(Another another) {
        landscape = another.landscape();
    }

    @Test
    void nothingIsLeftButTheDataAndASecondInstallFindsIt() {
        landscape.heal();
        var api = new Api(landscape);
        long productId = api.newPage();
        landscape.installation().test(); // what it makes goes as well

        landscape.installation().uninstall();
        await().atMost(60, SECONDS)
                .pollInterval(1, SECONDS)
                .untilAsserted(() -> assertEquals(DATA, new Contents(landscape.cluster()).made()));

        landscape.heal();
        assertTrue(api.isWhole(productId), "What was written before is there");
    }
}
