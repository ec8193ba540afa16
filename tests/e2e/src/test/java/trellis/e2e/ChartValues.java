package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values that the schema of a chart allows. */
record ChartValues(RandomSource chance, ChartSchema schemas) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Texts that YAML takes for something else when they are not quoted. */
    private static final List<String> AMBIGUOUS = List.of(
            "yes no on off y n true null 1e3 0x1f 0o17 010 1_000 1.0 12 2026-01-31 12:30:45 inf NaN 1e400".split(" "));

    JsonNode value(JsonNode unresolved) {
        JsonNode schema = schemas.resolved(unresolved);
        if (schema.has("enum")) {
            return oneOf(schema.get("enum"));
        }
        if (schema.has("anyOf")) {
            return value(oneOf(schema.get("anyOf")));
        }
        return switch (chance.oneOf(ChartSchema.types(schema))) {
            case "null" -> JSON.nullNode();
            case "boolean" -> JSON.booleanNode(chance.oneIn(2));
            case "integer" -> JSON.numberNode(integer(schema));
            case "number" ->
                chance.oneIn(2) ? JSON.numberNode(integer(schema)) : JSON.numberNode(chance.oneOf(0.5, 0.25, 0.1));
            case "string" -> JSON.textNode(text(schema));
            case "array" -> list(schema);
            case "object" -> object(schema);
            default -> throw new IllegalArgumentException("No value is known of " + schema);
        };
    }

    private JsonNode oneOf(JsonNode choices) {
        return chance.oneOf(choices.valueStream().toList());
    }

    private long integer(JsonNode schema) {
        long least =
                schema.path("minimum").asLong(schema.path("exclusiveMinimum").asLong(-1) + 1);
        long most = schema.path("maximum").asLong(1_000_000);
        return switch (chance.between(0, 3)) {
            case 0 -> least;
            case 1 -> most;
            default -> chance.between(least, Math.min(most, least + 100));
        };
    }

    private String text(JsonNode schema) {
        var pattern = Pattern.compile(schema.path("pattern").asText());
        int shortest = schema.path("minLength").asInt();
        int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        String ambiguous = chance.oneOf(AMBIGUOUS);
        if (chance.oneIn(3) && pattern.matcher(ambiguous).find()) {
            return ambiguous;
        }
        if (pattern.pattern().isEmpty()) {
            return shortest == 0 && chance.oneIn(10) ? "" : new RandomTexts(chance).text(1, 60);
        }
        String text;
        do {
            text = PatternTexts.text(chance, pattern.pattern());
            if (!pattern.matcher(text).find()) {
                throw new IllegalStateException(text + " does not match " + pattern);
            }
        } while (text.length() > longest || text.length() < shortest);
        return text;
    }

    private ArrayNode list(JsonNode schema) {
        ArrayNode list = JSON.arrayNode();
        for (int i = chance.between(0, 2); i > 0; i--) {
            list.add(value(schema.get("items")));
        }
        return list;
    }

    private ObjectNode object(JsonNode schema) {
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || chance.oneIn(2)) {
                object.set(property.getKey(), value(property.getValue()));
            }
        });
        if (schema.path("minProperties").asInt() > object.size()) {
            object.putObject("podSelector"); // what a peer of a NetworkPolicy may have
        }
        JsonNode more = schema.path("additionalProperties");
        for (int i = more.isObject() ? chance.between(0, 2) : 0; i > 0; i--) {
            object.set(key(schema.path("propertyNames")), value(more));
        }
        return object;
    }

    /** For labels, {@code allOf} says of what kind keys are, and then which are reserved. */
    private String key(JsonNode names) {
        JsonNode first = names.has("allOf") ? names.at("/allOf/0") : names;
        List<String> reserved = names.at("/allOf/1/not/enum")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        String key;
        do {
            key = text(schemas.resolved(first));
        } while (reserved.contains(key));
        return key;
    }
}
