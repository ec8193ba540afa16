package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.ArrayList;
import java.util.List;

/** Pods outside the mesh that run a script once, and are deleted afterwards. */
final class ShellPods implements AutoCloseable {
    private final Cluster cluster;
    private final String image;
    private final List<PodResource> pods = new ArrayList<>();

    /** @param image any with a shell */
    ShellPods(Cluster cluster, String image) {
        this.cluster = cluster;
        this.image = image;
    }

    void start(String name, String script) {
        PodResource pod =
                cluster.client().pods().inNamespace(cluster.namespace()).withName(name);
        pods.add(pod);
        cluster.client()
                .resource(pod(name, script))
                .inNamespace(cluster.namespace())
                .create();
    }

    /** Returns once all have ended, however they did. */
    void awaitEnded() {
        pods.forEach(pod -> pod.waitUntilCondition(
                now -> now != null
                        && List.of("Succeeded", "Failed")
                                .contains(now.getStatus().getPhase()),
                90,
                SECONDS));
    }

    void delete() {
        pods.forEach(pod -> pod.withGracePeriod(0).delete());
        pods.forEach(pod -> pod.waitUntilCondition(gone -> gone == null, 60, SECONDS));
        pods.clear();
    }

    @Override
    public void close() {
        delete();
    }

    private Pod pod(String name, String script) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("app.kubernetes.io/name", "shell")
                .addToLabels("app.kubernetes.io/version", "7")
                .addToLabels("sidecar.istio.io/inject", "false")
                .endMetadata()
                .withSpec(RestrictedShell.running(image, "sh", "-c", script)
                        .withRestartPolicy("Never")
                        .build())
                .build();
    }
}
