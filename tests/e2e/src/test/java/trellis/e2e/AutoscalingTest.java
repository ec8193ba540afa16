package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

@ClusterTest
class AutoscalingTest {
    private static final String SERVICE = "product-composite";

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Api api;

    AutoscalingTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    @Test
    void instancesAreAddedUnderLoadAndRemovedAfterIt() {
        landscape
                .installation()
                .upgrade(
                        SERVICE + ".autoscaling.enabled=true",
                        SERVICE + ".autoscaling.minReplicas=1",
                        SERVICE + ".autoscaling.maxReplicas=2",
                        SERVICE + ".autoscaling.behavior.scaleDown.stabilizationWindowSeconds=10");
        cluster.awaitRolledOut(SERVICE);
        await("the end of the start, which takes CPU as a load does")
                .atMost(4, MINUTES)
                .ignoreExceptions() // the autoscaler may have no measurement yet
                .until(() -> cluster.isScaledToOne(SERVICE));
        long productId = api.newPage();
        try (Load few = Load.ofReads(landscape, productId, 2)) {
            try (Load many = Load.ofReads(landscape, productId, 40)) {
                await("a second instance")
                        .atMost(3, MINUTES)
                        .until(() -> cluster.ready(SERVICE).size() == 2);
                many.awaitMore(100);
                many.requireNoFailure();
            }
            await("one instance")
                    .atMost(4, MINUTES)
                    .until(() -> cluster.notTerminating(SERVICE).size() == 1);
            few.requireNoFailure();
        }
    }
}
