package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The schema of a chart's values. */
final class ChartSchema {
    private static final Set<String> KEYWORDS = Set.of(
            ("$ref description default type properties additionalProperties propertyNames required items minimum exclusiveMinimum"
                            + " maximum minLength maxLength minProperties pattern enum anyOf allOf not")
                    .split(" "));

    private static final Set<String> OF_THE_DOCUMENT = Set.of("$schema", "$defs", "title");

    private final JsonNode root;
    private final List<Place> leaves = new ArrayList<>();
    private final List<Place> sections = new ArrayList<>();

    /** @param schema without {@code $ref} */
    record Place(List<String> path, JsonNode schema) {}

    /** Throws {@link IllegalArgumentException} if it has an unknown keyword. */
    ChartSchema(Path file) {
        try {
            root = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        addPlaces(List.of(), resolved(root));
    }

    /** Values that a user sets as a whole. */
    List<Place> leaves() {
        return leaves;
    }

    /** Groups of values. */
    List<Place> sections() {
        return sections;
    }

    /** With what {@code $ref} names, and what stands beside it. */
    JsonNode resolved(JsonNode schema) {
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        if (schema.has("$ref")) {
            resolved.setAll(
                    (ObjectNode) resolved(root.at(schema.get("$ref").asText().substring(1))));
        }
        schema.properties().forEach(keyword -> {
            if (!KEYWORDS.contains(keyword.getKey())
                    && !(schema == root && OF_THE_DOCUMENT.contains(keyword.getKey()))) {
                throw new IllegalArgumentException("Nothing is known of " + keyword);
            }
            resolved.set(keyword.getKey(), keyword.getValue());
        });
        return resolved.without("$ref");
    }

    /** Those that the schema allows for a value; several for {@code type: [integer, "null"]}. */
    static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.valueStream().map(JsonNode::asText).toList() : List.of(type.asText());
    }

    private void addPlaces(List<String> path, JsonNode schema) {
        if (!schema.has("properties")) {
            leaves.add(new Place(path, schema));
            return;
        }
        if (!path.isEmpty()) {
            sections.add(new Place(path, schema));
        }
        schema.get("properties")
                .properties()
                .forEach(property -> addPlaces(below(path, property.getKey()), resolved(property.getValue())));
    }

    static List<String> below(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }
}
