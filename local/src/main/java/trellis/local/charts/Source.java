package trellis.local.charts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a chart's files say.
 *
 * @param folder the chart's path in the checkout
 * @param chart Chart.yaml
 * @param schema schema.yaml
 */
record Source(Path folder, ObjectNode chart, ObjectNode schema) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @throws IllegalStateException if a file is missing or isn't a YAML map */
    static Source read(Path checkout, Path folder) {
        return new Source(
                folder, map(checkout, folder.resolve("Chart.yaml")), map(checkout, folder.resolve("schema.yaml")));
    }

    String name() {
        return chart.path("name").asText();
    }

    String description() {
        return chart.path("description").asText();
    }

    boolean dependsOn(String other) {
        return chart.path("dependencies").findValuesAsText("name").contains(other);
    }

    /** The names of the library's sections that the chart has. */
    List<String> include() {
        return schema.path("include").valueStream().map(JsonNode::asText).toList();
    }

    /** The folders of the umbrella's parts by their names. */
    Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        at("parts")
                .properties()
                .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
        return parts;
    }

    /** The folders of the charts that the umbrella doesn't contain: each is a release of its own. */
    List<String> installedBeside() {
        return schema.path("installedBeside")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** Whether the umbrella can leave it out by {@code <part>.enabled}. */
    boolean isSwitched() {
        return schema.path("switch").asBoolean(true);
    }

    /** The map below a key of schema.yaml; empty if there is none. */
    ObjectNode at(String key) {
        return schema.get(key) instanceof ObjectNode map ? map : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode map(Path checkout, Path file) {
        try {
            if (YAML.readTree(Files.readString(checkout.resolve(file))) instanceof ObjectNode map) {
                return map;
            }
            throw new IllegalStateException(file + " is not a map");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
