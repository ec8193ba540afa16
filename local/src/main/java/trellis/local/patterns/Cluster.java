package trellis.local.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import trellis.local.cluster.Kubectl;
import trellis.local.cluster.Metrics;
import trellis.local.cluster.PortForward;

/** The landscape's services in the cluster. */
record Cluster(Kubectl kubectl, Undo undo) {
    private static final String LANDSCAPE = "app.kubernetes.io/part-of=trellis,app.kubernetes.io/component=service";
    private static final int MANAGEMENT = 9000;

    String namespace() {
        return kubectl.namespace();
    }

    List<String> services() {
        return deployments().map(Cluster::nameOf).toList();
    }

    /** Those that are not rolled out, each with what there is of it. */
    List<String> unready() {
        return deployments()
                .filter(deployment -> !isRolledOut(deployment))
                .map(deployment -> nameOf(deployment) + " (" + replicas(deployment, "readyReplicas") + " of "
                        + wanted(deployment) + " ready)")
                .toList();
    }

    boolean isRolledOut(String service) {
        return isRolledOut(kubectl.json("get", "deployment", service, "--output=json"));
    }

    /** The names of its instances that are ready and not terminating. */
    List<String> ready(String service) {
        return pods(service)
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .filter(pod -> pod.at("/status/conditions")
                        .valueStream()
                        .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                                && condition.path("status").asText().equals("True")))
                .map(Cluster::nameOf)
                .toList();
    }

    /** The names of the instances that its EndpointSlices list as ready. */
    List<String> listed(String service) {
        return kubectl.list("endpointslices", "kubernetes.io/service-name=" + service).stream()
                .flatMap(slice -> slice.path("endpoints").valueStream())
                .filter(endpoint -> endpoint.at("/conditions/ready").asBoolean())
                .map(endpoint -> endpoint.at("/targetRef/name").asText())
                .toList();
    }

    boolean isInTheMesh(String service) {
        return pods(service).anyMatch(pod -> Stream.of("containers", "initContainers")
                .flatMap(kind -> pod.path("spec").path(kind).valueStream())
                .anyMatch(container -> container.path("name").asText().equals("istio-proxy")));
    }

    int replicas(String service) {
        return wanted(kubectl.json("get", "deployment", service, "--output=json"));
    }

    Undo.Step scale(String service, int replicas) {
        return new DeploymentField(kubectl, service, "/spec/replicas").set(IntNode.valueOf(replicas), undo);
    }

    /** What an instance measures of itself. */
    Metrics metrics(String pod) {
        try (PortForward forward = PortForward.to(kubectl, "pod/" + pod, MANAGEMENT);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(forward.address().resolve(Metrics.PATH))
                    .header("Accept", Metrics.TYPE)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return new Metrics(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new IllegalStateException("the metrics of " + pod + " can't be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Stream<JsonNode> deployments() {
        return kubectl.list("deployments", LANDSCAPE).stream();
    }

    private Stream<JsonNode> pods(String service) {
        return kubectl.list("pods", LANDSCAPE + ",app.kubernetes.io/name=" + service).stream();
    }

    private static boolean isRolledOut(JsonNode deployment) {
        int wanted = wanted(deployment);
        return wanted > 0
                && deployment.at("/metadata/generation").asLong()
                        == deployment.at("/status/observedGeneration").asLong()
                && Stream.of("replicas", "updatedReplicas", "readyReplicas")
                        .allMatch(count -> replicas(deployment, count) == wanted);
    }

    private static int wanted(JsonNode deployment) {
        return deployment.at("/spec/replicas").asInt();
    }

    private static int replicas(JsonNode deployment, String count) {
        return deployment.path("status").path(count).asInt();
    }

    private static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
