package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;

/**
 * Sends signals to what runs in a pod, from a pod of its own that sees the processes of the node: from inside it can't be
 * done, since the images have no shell and the kernel keeps a container's first process from being killed by its own.
 */
final class Signals implements AutoCloseable {
    private static final String IMAGE = "postgres:18"; // any with a shell, and the databases' nodes have it
    private static final String SCRIPT = """
            for process in $(grep -l "$0" /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3); do
                kill -"$1" "$process" && sent=yes # the others may have ended with the first
            done
            [ -n "$sent" ]
            """;

    private final KubernetesClient client;
    private final String namespace;

    Signals(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Sends it to every process of the container that does the pod's work; its sidecar is left alone. */
    void send(String signal, Pod pod) {
        String container = Cluster.container(pod).orElseThrow().getContainerID().replaceFirst(".*://", "");
        var said = new ByteArrayOutputStream();
        try (ExecWatch running = on(pod.getSpec().getNodeName())
                .writingOutput(said)
                .writingError(said)
                .exec("sh", "-c", SCRIPT, container, signal)) {
            if (running.exitCode().get(20, SECONDS) != 0) {
                throw new IllegalStateException("No " + signal + " for " + Cluster.nameOf(pod) + ": " + said);
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(said.toString(), e);
        }
    }

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
    }

    private PodResource on(String node) {
        PodResource pod = client.pods().inNamespace(namespace).withName("signals-" + node);
        if (pod.get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                            .endMetadata()
                            .build())
                    .serverSideApply();
            client.resource(podOn(node)).create();
            pod.waitUntilReady(60, SECONDS);
        }
        return pod;
    }

    private Pod podOn(String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("signals-" + node)
                .withNamespace(namespace)
                .addToLabels("sidecar.istio.io/inject", "false")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withHostPID(true)
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("signals")
                .withImage(IMAGE)
                .withCommand("sleep", "86400")
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .withPrivileged(true)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
