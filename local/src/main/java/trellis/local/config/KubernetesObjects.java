package trellis.local.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a namespace: those in a cluster, or those that Helm would create. */
record KubernetesObjects(List<JsonNode> all) {
    /** Parses the output of {@code kubectl get --output=json}. */
    static KubernetesObjects fromJson(String list) {
        JsonNode items = json(list).path("items");
        return new KubernetesObjects(
                StreamSupport.stream(items.spliterator(), false).toList());
    }

    /** Parses the output of {@code helm template}. */
    static KubernetesObjects fromYaml(String documents) {
        try (MappingIterator<JsonNode> objects =
                new YAMLMapper().readerFor(JsonNode.class).readValues(documents)) {
            return new KubernetesObjects(objects.readAll());
        } catch (IOException e) {
            throw new IllegalStateException("This is not YAML: " + e.getMessage(), e);
        }
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This is not JSON: " + e.getMessage(), e);
        }
    }

    /** The workload of a service; empty if there is none. */
    Optional<Workload> workload(String service) {
        return named("Deployment", service)
                .map(deployment -> new Workload(
                        deployment,
                        ConfigMap.of(named("ConfigMap", service).orElse(MissingNode.getInstance())),
                        named("HorizontalPodAutoscaler", service).orElse(MissingNode.getInstance()),
                        pods(service)));
    }

    private Optional<JsonNode> named(String kind, String name) {
        return ofKind(kind)
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst();
    }

    /** The pods of the service itself, not of its migration or test. */
    private List<JsonNode> pods(String service) {
        return ofKind("Pod")
                .filter(pod -> {
                    JsonNode labels = pod.at("/metadata/labels");
                    return labels.path("app.kubernetes.io/name").asText().equals(service)
                            && labels.path("app.kubernetes.io/component")
                                    .asText()
                                    .equals("service");
                })
                .toList();
    }

    private Stream<JsonNode> ofKind(String kind) {
        return all.stream().filter(object -> object.path("kind").asText().equals(kind));
    }
}
