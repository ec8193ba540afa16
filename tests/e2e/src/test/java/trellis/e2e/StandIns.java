package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Map;

/**
 * Pods that call in place of others: each has a caller's ServiceAccount and the labels that policies know it by, but a
 * shell instead of its program. No Service leads to them, since they bear another instance's label.
 */
final class StandIns implements AutoCloseable {
    private final Cluster cluster;
    private final Collection<Caller> callers;

    /** @param image any with a shell, nc and pg_isready */
    StandIns(Cluster cluster, String image, Collection<Caller> callers, boolean inTheMesh) {
        this.cluster = cluster;
        this.callers = callers;
        callers.forEach(caller -> cluster.client()
                .resource(pod(caller, image, inTheMesh))
                .inNamespace(cluster.namespace())
                .create());
        callers.forEach(caller -> resource(caller).waitUntilReady(120, SECONDS));
    }

    /** The standard output of a script, whatever its exit code. */
    String run(Caller caller, String script) {
        var output = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        try (ExecWatch running = resource(caller)
                .inContainer("shell")
                .writingOutput(output)
                .writingError(error)
                .exec("sh", "-c", script)) {
            running.exitCode().get(60, SECONDS);
            return output.toString();
        } catch (Exception e) {
            throw new IllegalStateException(caller + ": " + output + error, e);
        }
    }

    @Override
    public void close() {
        callers.forEach(caller -> resource(caller).withGracePeriod(0).delete());
        callers.forEach(caller -> resource(caller).waitUntilCondition(gone -> gone == null, 60, SECONDS));
    }

    private PodResource resource(Caller caller) {
        return cluster.client().pods().inNamespace(cluster.namespace()).withName(nameOf(caller));
    }

    private static String nameOf(Caller caller) {
        return "stand-in-for-" + caller.name();
    }

    private static Pod pod(Caller caller, String image, boolean inTheMesh) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(nameOf(caller))
                .withLabels(caller.labels())
                .addToLabels("app.kubernetes.io/instance", "stand-in")
                .addToLabels("sidecar.istio.io/inject", "" + inTheMesh)
                .addToAnnotations("sidecar.istio.io/nativeSidecar", "true")
                .addToAnnotations("sidecar.istio.io/proxyCPU", "5m")
                .addToAnnotations("sidecar.istio.io/proxyCPULimit", "2")
                .addToAnnotations("sidecar.istio.io/proxyMemory", "40Mi")
                .addToAnnotations("sidecar.istio.io/proxyMemoryLimit", "256Mi")
                .endMetadata()
                .withSpec(RestrictedShell.running(image, "sleep", "86400")
                        .withServiceAccountName(caller.account())
                        .withTerminationGracePeriodSeconds(0L)
                        .editFirstContainer()
                        .withNewResources()
                        .withRequests(Map.of("cpu", new Quantity("1m"), "memory", new Quantity("8Mi")))
                        .endResources()
                        .endContainer()
                        .build())
                .build();
    }
}
