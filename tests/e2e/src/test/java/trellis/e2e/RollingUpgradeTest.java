package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ClusterTest
class RollingUpgradeTest {
    private static final String[] SERVICES = LiveLandscape.SERVICES.toArray(String[]::new);

    private static final Target TARGET = Target.fromEnvironment();

    private static String newVersion;

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    RollingUpgradeTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    @BeforeAll
    static void releaseANewVersion() {
        newVersion = new NewVersion(TARGET).release();
    }

    @Test
    void upgradeAndRollbackOfAllServicesFailNoRequest() {
        try (Load load = Load.ofReadsAndWrites(landscape, api.newPage(), 10)) {
            load.awaitMore(20);
            landscape.installation().upgradeTo(newVersion);
            cluster.awaitRolledOut(SERVICES);
            LiveLandscape.SERVICES.forEach(service -> assertTrue(runs(service, newVersion), service));

            landscape.installation().rollback();
            cluster.awaitRolledOut(SERVICES);
            LiveLandscape.SERVICES.forEach(service -> assertTrue(!runs(service, newVersion), service));
            load.awaitMore(50);
            load.requireNoFailure();
        }
    }

    @Test
    void anUpgradeOfOneServiceLeavesTheOthersAlone() {
        List<String> others = new ArrayList<>(Cluster.WORKLOADS);
        others.remove("review");
        var before = cluster.podIdentities(others);
        try (Load load = Load.ofReadsAndWrites(landscape, api.newPage(), 10)) {
            String digest = new Registry(TARGET).digest("trellis/review", newVersion);
            landscape.installation().upgrade("review.image.tag=" + newVersion, "review.image.digest=" + digest);
            cluster.awaitRolledOut("review");
            assertTrue(runs("review", newVersion));
            load.awaitMore(50);
            load.requireNoFailure();
        }
        assertEquals(before, cluster.podIdentities(others));
    }

    private boolean runs(String service, String version) {
        return cluster.ready(service).stream().allMatch(pod -> pod.getSpec().getContainers().stream()
                .anyMatch(container -> container.getImage().contains("/" + service + ":" + version + "@sha256:")));
    }
}
