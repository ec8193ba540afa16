package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trellis.local.Services;

/** What a release adds to its images. */
@ClusterTest
class AotCacheTest {
    private final ClusterLandscape landscape;

    AotCacheTest(ClusterLandscape landscape) {
        this.landscape = landscape;
    }

    static Stream<String> services() {
        return Services.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyPodStartsFromTheCacheOfItsImageAndSaysSo(String service) {
        List<Pod> pods = landscape.cluster().ready(service);
        assertTrue(!pods.isEmpty(), service);
        for (Pod pod : pods) {
            String maps = landscape.privilegedPod().maps(pod);
            assertTrue(maps.contains("/deployments/start.aot"), () -> Cluster.nameOf(pod) + " has only: " + maps);
        }
        String metrics = new Api(landscape)
                .get(landscape.management(service).resolve("/q/metrics"))
                .requireStatus(200)
                .body();
        assertTrue(metrics.contains("jvm_aot_cache_used 1.0"), metrics);
    }
}
