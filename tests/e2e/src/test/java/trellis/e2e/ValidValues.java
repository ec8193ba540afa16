package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values that a schema allows, of JSON Schema or OpenAPI. Elements of a list have different ids, which no schema can
 * express.
 */
record ValidValues(RandomSource chance) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ROOM = 60_000; // bytes of a list: the API accepts 256 KiB, and an element has up to 48
    private static final int LONGEST_ESCAPE = 6;

    /** Keywords that {@link BrokenValues} knows too, or that do not restrict values. */
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "title",
            "description",
            "example",
            "default",
            "type",
            "format",
            "nullable",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "maxItems");

    /** Throws {@link IllegalArgumentException} if the schema has an unknown keyword. */
    JsonNode value(JsonNode schema) {
        requireKnown(schema);
        if (schema.path("nullable").asBoolean() && chance.oneIn(8)) {
            return JSON.nullNode();
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> number(integer(schema));
            case "string" ->
                JSON.textNode(new RandomTexts(chance)
                        .text(
                                schema.path("minLength").asInt(),
                                schema.path("maxLength").asInt(200)));
            case "array" -> elements(schema);
            case "object" -> object(schema);
            default -> throw new IllegalArgumentException("No value is known of " + schema);
        };
    }

    /** The property that is unique among the elements of this list, by its name. */
    static String id(JsonNode listSchema) {
        List<String> ids = listSchema.at("/items/properties").properties().stream()
                .map(property -> property.getKey())
                .filter(name -> name.endsWith("Id"))
                .toList();
        if (ids.size() != 1) {
            throw new IllegalArgumentException("Elements have one id, not " + ids);
        }
        return ids.getFirst();
    }

    static long least(JsonNode schema) {
        return schema.path("minimum").asLong(isInt(schema) ? Integer.MIN_VALUE : Long.MIN_VALUE);
    }

    static long most(JsonNode schema) {
        return schema.path("maximum").asLong(isInt(schema) ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }

    /** With the type that a parser would choose. */
    private static JsonNode number(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    private long integer(JsonNode schema) {
        long least = least(schema);
        long most = most(schema);
        return switch (chance.between(0, 5)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> chance.between(least, most);
            default -> chance.between(Math.max(least, 0), Math.min(most, 100));
        };
    }

    /** This many of the smallest elements, valid except for their number. */
    static ArrayNode smallest(JsonNode listSchema, int count) {
        ArrayNode list = JSON.arrayNode();
        for (int number = 1; number <= count; number++) {
            ObjectNode element = list.addObject();
            listSchema.at("/items/properties").properties().forEach(property -> {
                boolean text = property.getValue().path("type").asText().equals("string");
                element.set(property.getKey(), text ? JSON.textNode("x") : JSON.numberNode(1));
            });
            element.put(id(listSchema), number);
        }
        return list;
    }

    private ArrayNode elements(JsonNode schema) {
        if (chance.oneIn(300)) {
            return smallest(schema, schema.get("maxItems").asInt());
        }
        int count = chance.between(0, chance.oneIn(20) ? 30 : 3);
        ArrayNode elements = JSON.arrayNode();
        Set<JsonNode> ids = new HashSet<>();
        int size = 0;
        while (elements.size() < count && size < ROOM) {
            ObjectNode element = object(schema.get("items"));
            if (ids.add(element.get(id(schema)))) {
                elements.add(element);
                size += element.toString().length() * LONGEST_ESCAPE;
            }
        }
        return elements;
    }

    private ObjectNode object(JsonNode schema) {
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        ObjectNode object = JSON.objectNode();
        schema.get("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || !chance.oneIn(3)) {
                object.set(property.getKey(), value(property.getValue()));
            }
        });
        return object;
    }

    private static boolean isInt(JsonNode schema) {
        return schema.path("format").asText().equals("int32");
    }

    private static void requireKnown(JsonNode schema) {
        schema.properties().forEach(keyword -> {
            if (!KEYWORDS.contains(keyword.getKey())) {
                throw new IllegalArgumentException("Nothing is known of " + keyword);
            }
        });
    }
}
