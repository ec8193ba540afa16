package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A value, or a map of values, as schema.yaml describes it.
 *
 * @param node the description, merged over the type that it refers to
 */
record Value(ObjectNode node, ObjectNode types) {
    private static final String PREFIX = "#/$defs/";

    Value {
        while (node.has("$ref")) {
            String reference = node.get("$ref").asText();
            if (!reference.startsWith(PREFIX)
                    || !(types.get(reference.substring(PREFIX.length())) instanceof ObjectNode type)) {
                throw new IllegalStateException("There is no type " + reference);
            }
            ObjectNode rest = node.deepCopy();
            rest.remove("$ref");
            node = Merge.of(type, rest);
        }
    }

    static Map<String, Value> all(ObjectNode properties, ObjectNode types) {
        Map<String, Value> all = new LinkedHashMap<>();
        properties.properties().forEach(property -> all.put(property.getKey(), new Value(node(property), types)));
        return all;
    }

    /** @throws IllegalStateException if the property is described by anything but a map */
    static ObjectNode node(Map.Entry<String, JsonNode> property) {
        if (property.getValue() instanceof ObjectNode node) {
            return node;
        }
        throw new IllegalStateException("This describes no value: " + property);
    }

    /** The values in a map; none if this isn't one. */
    Map<String, Value> properties() {
        return all(
                node.get("properties") instanceof ObjectNode below ? below : JsonNodeFactory.instance.objectNode(),
                types);
    }

    String description() {
        return node.path("description").asText();
    }

    String comment() {
        return node.path("comment").asText();
    }

    boolean hasDefault() {
        return node.has("default");
    }

    JsonNode defaultValue() {
        return node.path("default");
    }

    /** Whether values.yaml has it. */
    boolean isShown() {
        return hasDefault() || properties().values().stream().anyMatch(Value::isShown);
    }

    boolean isInternal() {
        return node.has(Internal.MARK);
    }

    /** Whether templates rely on it. Helm deletes a key that a user leaves empty. */
    boolean isRequired() {
        return isShown() && !(hasDefault() && defaultValue().isNull()) && !acceptsNull();
    }

    private boolean acceptsNull() {
        JsonNode type = node.path("type");
        return Stream.concat(type.valueStream(), Stream.of(type))
                        .anyMatch(each -> each.asText().equals("null"))
                || node.path("enum").valueStream().anyMatch(JsonNode::isNull);
    }
}
