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
 * A pod outside the mesh that sees the processes of its node. It can send signals to containers of other pods; from
 * within, the kernel would protect a container's first process from being killed.
 */
final class PrivilegedPod implements AutoCloseable {
    private static final String PROCESSES =
            "for process in $(grep -l \"$0\" /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3); do";
    private static final String KILL = PROCESSES + """

                kill -"$1" "$process" && sent=yes # the others may have ended with the first
            done
            [ -n "$sent" ] && echo sent
            """;
    private static final String MAPS = PROCESSES + " cat /proc/$process/maps; done";

    private final KubernetesClient client;
    private final String namespace;
    private final String image;

    /** @param image any with a shell and nc */
    PrivilegedPod(KubernetesClient client, String namespace, String image) {
        this.client = client;
        this.namespace = namespace;
        this.image = image;
    }

    /** Sends the signal to every process of the pod's main container, not to its sidecar. */
    void send(String signal, Pod pod) {
        Output output = run(pod.getSpec().getNodeName(), "sh", "-c", KILL, containerOf(pod), signal);
        if (!output.standard().equals("sent\n")) {
            throw new IllegalStateException("No " + signal + " for " + Cluster.nameOf(pod) + ": " + output);
        }
    }

    /** What the processes of the pod's main container have in their memory, as proc(5) describes it. */
    String maps(Pod pod) {
        return run(pod.getSpec().getNodeName(), "sh", "-c", MAPS, containerOf(pod))
                .standard();
    }

    private static String containerOf(Pod pod) {
        return Cluster.container(pod).orElseThrow().getContainerID().replaceFirst(".*://", "");
    }

    String namespace() {
        return namespace;
    }

    /**
     * The response to a plain HTTP request sent directly to the pod, bypassing every gateway; empty if there is none.
     */
    String ask(Pod pod, int port, String path) {
        String script = """
                { printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "$2" "$0"; sleep 2; } | nc -w 5 "$0" "$1"
                """;
        return run(
                        pod.getSpec().getNodeName(),
                        "sh",
                        "-c",
                        script,
                        pod.getStatus().getPodIP(),
                        "" + port,
                        path)
                .standard();
    }

    /** The command's two output streams, whatever its exit code. */
    private Output run(String node, String... command) {
        var standard = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        try (ExecWatch running =
                on(node).writingOutput(standard).writingError(error).exec(command)) {
            running.exitCode().get(20, SECONDS);
            return new Output(standard.toString(), error.toString());
        } catch (Exception e) {
            throw new IllegalStateException(new Output(standard.toString(), error.toString()).toString(), e);
        }
    }

    private record Output(String standard, String error) {}

    @Override
    public void close() {
        client.namespaces().withName(namespace).delete();
    }

    private PodResource on(String node) {
        PodResource pod = client.pods().inNamespace(namespace).withName("privileged-" + node);
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
                .withName("privileged-" + node)
                .withNamespace(namespace)
                .addToLabels("sidecar.istio.io/inject", "false")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withHostPID(true)
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("privileged")
                .withImage(image)
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
