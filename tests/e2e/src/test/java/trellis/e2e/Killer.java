package trellis.e2e;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Kills the process of a pod as often as Kubernetes starts it. */
final class Killer implements AutoCloseable {
    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

    private final ClusterLandscape landscape;
    private final Pod pod;
    private final Set<String> killed = new HashSet<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private volatile boolean closed;

    Killer(ClusterLandscape landscape, Pod pod) {
        this.landscape = landscape;
        this.pod = pod;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            Pod now = landscape.cluster().resource(pod).get();
            Optional.ofNullable(now)
                    .flatMap(Cluster::container)
                    .filter(container -> container.getState().getRunning() != null)
                    .map(ContainerStatus::getContainerID)
                    .filter(killed::add)
                    .ifPresent(container -> landscape.privilegedPod().send("KILL", now));
            LockSupport.parkNanos(BETWEEN);
        }
    }
}
