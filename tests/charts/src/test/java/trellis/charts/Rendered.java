package trellis.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The objects that Helm would send to a cluster. */
record Rendered(List<JsonNode> objects) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static Rendered parse(String text) {
        try {
            return new Rendered(YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll().stream()
                    .filter(JsonNode::isObject)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    boolean has(String kind) {
        return all(kind).findAny().isPresent();
    }

    JsonNode one(String kind, String name) {
        List<JsonNode> found =
                all(kind).filter(object -> nameOf(object).equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind + " " + name + " in " + names());
        }
        return found.getFirst();
    }

    List<String> names() {
        return objects.stream()
                .map(object -> object.path("kind").asText() + " " + nameOf(object))
                .toList();
    }

    /** The specification of every pod, whichever kind creates it. */
    Stream<JsonNode> podSpecs() {
        return Stream.concat(
                all("Pod").map(pod -> pod.at("/spec")),
                objects.stream().map(object -> object.at("/spec/template/spec")).filter(JsonNode::isObject));
    }

    /** The configuration of the service. */
    Properties settings(String service) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(one("ConfigMap", service)
                    .at("/data")
                    .path("application.properties")
                    .asText()));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String checksum(String service) {
        return one("Deployment", service)
                .at("/spec/template/metadata/annotations")
                .path("checksum/configuration")
                .asText();
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
