package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * values.schema.json. What a chart has unchanged from a section of the library becomes a definition, so that the
 * umbrella has it once for all parts.
 */
final class ValuesSchema {
    private static final String PREFIX = "#/$defs/";

    /** Keys of schema.yaml that JSON Schema doesn't know, or that don't belong to it. */
    private static final Set<String> NOT_OF_THE_SCHEMA = Set.of("default", "comment", "accepts", Internal.MARK);

    private final Library library;
    private final ObjectNode types;

    /** The schemas that may be referred to, by name. */
    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    ValuesSchema(Library library, ObjectNode types) {
        this.library = library;
        this.types = types;
        for (Map.Entry<String, JsonNode> type : types.properties()) {
            definitions.put(type.getKey(), schema(Value.node(type), true));
        }
        library.sections().forEach((section, values) -> {
            for (Map.Entry<String, JsonNode> value : values.properties()) {
                ObjectNode schema = schema(Value.node(value), true);
                ObjectNode other = definitions.put(name(section, value.getKey(), schema), schema);
                if (other != null && !other.equals(schema)) {
                    throw new IllegalStateException("There are two definitions " + section + "." + value.getKey());
                }
            }
        });
    }

    ObjectNode of(Chart chart) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", chart.source().name());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("properties", chart.properties());
        schema.setAll(schema(node, true));
        ObjectNode properties = (ObjectNode) schema.get("properties");
        replaceKnown(properties);
        Map<String, ObjectNode> parts = new LinkedHashMap<>();
        for (String part : chart.source().parts().keySet()) {
            parts.put(part, (ObjectNode) properties.get(part).get("properties"));
        }
        parts.values().forEach(this::replaceKnown);
        replaceRepeated(parts);
        addUsed(schema);
        return schema;
    }

    /** @param isRelevant whether values.yaml shows the defaults of the node's properties */
    private ObjectNode schema(ObjectNode source, boolean isRelevant) {
        // in JSON Schema a type would refuse the properties that stand beside the reference to it
        ObjectNode node = source.has("properties") ? new Value(source, types).node() : source;
        boolean relevant = isRelevant && !node.has("default");
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (node.has("properties")) {
            schema.put("type", "object");
            schema.put("additionalProperties", false);
        }
        for (Map.Entry<String, JsonNode> keyword : node.properties()) {
            if (!NOT_OF_THE_SCHEMA.contains(keyword.getKey())) {
                schema.set(keyword.getKey(), keyword(keyword.getKey(), keyword.getValue(), relevant));
            }
        }
        Set<String> required = new LinkedHashSet<>();
        node.path("required").forEach(key -> required.add(key.asText()));
        if (relevant && node.has("properties")) {
            new Value(node, types).properties().forEach((key, value) -> {
                if (value.isRequired()) {
                    required.add(key);
                }
            });
        }
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema;
    }

    private JsonNode keyword(String name, JsonNode value, boolean isRelevant) {
        if (!(value instanceof ObjectNode map)) {
            return value;
        }
        return switch (name) {
            case "properties" -> schemas(map, isRelevant);
            case "patternProperties" -> schemas(map, false);
            case "items", "additionalProperties" -> schema(map, false);
            default -> value; // what is said by conditions is not to be completed
        };
    }

    private ObjectNode schemas(ObjectNode nodes, boolean isRelevant) {
        ObjectNode schemas = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> node : nodes.properties()) {
            schemas.set(node.getKey(), schema(Value.node(node), isRelevant));
        }
        return schemas;
    }

    /** A type, or another section's value, may have the same name. */
    private String name(String section, String key, ObjectNode schema) {
        boolean isAmbiguous = types.has(key)
                || library.sections().values().stream()
                        .anyMatch(other -> other.get(key) instanceof ObjectNode value
                                && !schema(value, true).equals(schema));
        return isAmbiguous ? section + "." + key : key;
    }

    private void replaceKnown(ObjectNode properties) {
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            library.sections().forEach((section, values) -> {
                if (values.get(property.getKey()) instanceof ObjectNode value) {
                    ObjectNode schema = schema(value, true);
                    if (schema.equals(property.getValue())) {
                        String name = name(section, property.getKey(), schema);
                        property.setValue(JsonNodeFactory.instance.objectNode().put("$ref", PREFIX + name));
                    }
                }
            });
        }
    }

    /** What parts have alike, such as an image whose default is a part's own, is there once, in the first of them. */
    private static void replaceRepeated(Map<String, ObjectNode> parts) {
        Map<Map.Entry<String, JsonNode>, String> first = new HashMap<>();
        parts.forEach((part, properties) -> {
            for (Map.Entry<String, JsonNode> property : properties.properties()) {
                if (property.getValue().has("properties")) {
                    String path = "#/properties/" + part + "/properties/" + property.getKey();
                    String before = first.putIfAbsent(Map.entry(property.getKey(), property.getValue()), path);
                    if (before != null) {
                        property.setValue(JsonNodeFactory.instance.objectNode().put("$ref", before));
                    }
                }
            }
        });
    }

    private void addUsed(ObjectNode schema) {
        Set<String> used = new LinkedHashSet<>(references(schema));
        for (int before = -1; before < used.size(); ) {
            before = used.size();
            List.copyOf(used).forEach(name -> used.addAll(references(definitions.get(name))));
        }
        ObjectNode defs = JsonNodeFactory.instance.objectNode();
        definitions.forEach((name, definition) -> {
            if (used.contains(name)) {
                defs.set(name, definition);
            }
        });
        if (!defs.isEmpty()) {
            schema.set("$defs", defs);
        }
    }

    private List<String> references(JsonNode schema) {
        List<String> names = schema.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith(PREFIX))
                .map(reference -> reference.substring(PREFIX.length()))
                .toList();
        names.stream().filter(name -> !definitions.containsKey(name)).forEach(name -> {
            throw new IllegalStateException("There is no type " + name);
        });
        return names;
    }
}
