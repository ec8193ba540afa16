package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fills the disk on which signals wait while their backend is away. The landscape must not notice, and collecting must
 * go on once there is room.
 */
@ClusterTest
@Tag("signals-away")
@Timeout(value = 10, unit = MINUTES)
class FullDiskTest {
    private static final int PER_SECOND = 10;
    private static final String SIZE = "2m";
    private static final int FULL = 90;

    /** Within which nine of ten requests are to be answered, in seconds: far below any timeout. */
    private static final double FAST = 0.5;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    FullDiskTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void theDiskOfTheAgentIsFull() {
        try (var shells = new ShellPods(landscape.cluster(), landscape.shellImage())) {
            fill(
                    Signals.AGENT,
                    Signals.LOGS,
                    folder(Signals.AGENT),
                    () -> shells.start(
                            "chatter-" + UUID.randomUUID(), // random, or it would be compressed
                            "i=0; while [ $i -lt 40 ]; do head -c 30000 /dev/urandom | base64 | tr -d '\\n'; echo; i=$((i + 1)); done"));
        }
        String trace = api.page(api.newPage()).requireStatus(200).traceId();
        await("new logs")
                .atMost(2, MINUTES)
                .until(() -> !signals.logs().ofTrace(trace).isEmpty());
    }

    @Test
    void theDiskOfTheCollectorIsFull() {
        fill(Signals.COLLECTOR, Signals.TRACES, folder(Signals.COLLECTOR), () -> {});
        await("new traces").atMost(2, MINUTES).until(() -> {
            String trace = api.page(api.newPage()).requireStatus(200).traceId();
            return await().atMost(20, SECONDS).until(() -> signals.traces().of(trace), found -> !found.spans()
                            .isEmpty())
                    != null;
        });
    }

    /** @param more makes more signals; called until the disk is full */
    private void fill(String collector, String backend, String folder, Runnable more) {
        String node = signals.pods(collector).getFirst().getSpec().getNodeName();
        PrivilegedPod privileged = landscape.privilegedPod();
        long there = api.newPage();
        signals.stop(collector);
        privileged.limit(node, folder, SIZE);
        try {
            signals.start(collector);
            signals.stop(backend);
            try (Load load = Load.ofReadsAndWrites(landscape, there, PER_SECOND)) {
                await("a full disk").atMost(3, MINUTES).pollInterval(5, SECONDS).until(() -> {
                    more.run();
                    return privileged.used(node, folder) >= FULL;
                });
                load.awaitMore(20 * PER_SECOND);
                signals.start(backend);
                load.awaitMore(10 * PER_SECOND);
                load.requireNoFailure();
                assertTrue(
                        load.nineOfTenWithin() < FAST,
                        () -> String.format(Locale.ROOT, "Nine of ten took up to %.2f s", load.nineOfTenWithin()));
            }
            System.out.printf("    the disk of the %s was %d %% full%n", collector, privileged.used(node, folder));
            awaitReady(collector);
        } finally {
            signals.stop(collector);
            privileged.unlimit(node, folder);
            signals.start(collector);
        }
    }

    private void awaitReady(String collector) {
        await(collector + " to be ready").atMost(90, SECONDS).until(() -> signals.pods(collector).stream()
                .anyMatch(Cluster::isReady));
    }

    /** The one of the node in which the queue is. */
    private String folder(String collector) {
        Pod pod = signals.pods(collector).getFirst();
        return signals.folderOf(pod, "data");
    }
}
