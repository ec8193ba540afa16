package trellis.chassis.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Valid documents, generated from a JSON Schema. An unknown keyword is an error, so that none is ignored. */
final class SchemaExamples {

    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "title",
            "description",
            "type",
            "required",
            "properties",
            "items",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "maxItems");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * Which of the allowed values to generate.
     *
     * @param whole with the fields that are not required
     */
    private record Choice(
            Function<JsonNode, JsonNode> number,
            Function<JsonNode, String> text,
            Function<JsonNode, Integer> elements,
            boolean whole) {}

    private static final Choice LEAST = new Choice(
            schema -> schema.get("minimum"),
            schema -> "x".repeat(schema.path("minLength").asInt()),
            schema -> 1,
            false);
    private static final Choice MOST = new Choice(
            schema -> schema.get("maximum"),
            schema -> "\uD83C\uDF31".repeat(schema.path("maxLength").asInt()),
            schema -> 1,
            true);
    private static final Choice MANY = new Choice(
            LEAST.number, LEAST.text, schema -> schema.path("maxItems").asInt(), true);

    private final JsonNode schema;

    /** Throws {@link IllegalArgumentException} if the schema has an unknown keyword. */
    SchemaExamples(Path file) {
        try {
            schema = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("The schema can't be read: " + file, e);
        }
        requireKnown(schema);
    }

    JsonNode schema() {
        return schema;
    }

    /** The smallest document that the schema allows: only the required fields, each with its smallest value. */
    ObjectNode least() {
        return (ObjectNode) value(schema, LEAST);
    }

    /** The largest value in every field, in letters outside the Basic Multilingual Plane; one element in each array. */
    ObjectNode most() {
        return (ObjectNode) value(schema, MOST);
    }

    /** The greatest number of elements in each array. */
    ObjectNode many() {
        return (ObjectNode) value(schema, MANY);
    }

    /** With this text in every text field, and no number at its default value. */
    ObjectNode saying(String text) {
        Choice choice = new Choice(
                bounded -> JSON.numberNode(Math.min(
                        bounded.get("minimum").asLong() + 5,
                        bounded.get("maximum").asLong())),
                bounded -> text,
                bounded -> 1,
                true);
        return (ObjectNode) value(schema, choice);
    }

    /** The same numbers, each written with a decimal point. */
    static ObjectNode inDecimals(ObjectNode document) {
        return (ObjectNode) replace(
                document,
                JsonNode::isIntegralNumber,
                number -> JSON.numberNode(number.decimalValue().setScale(1)));
    }

    /** The same, with a field in each object that the schema does not name. */
    static ObjectNode withMore(ObjectNode document) {
        return (ObjectNode) replace(
                document, JsonNode::isObject, object -> ((ObjectNode) object).set("unknown", JSON.objectNode()));
    }

    /** Elements of an array that differ in every integer whose range allows it. */
    static ArrayNode elements(JsonNode schema, int count) {
        return elements(schema, count, LEAST);
    }

    private static ArrayNode elements(JsonNode schema, int count, Choice choice) {
        ArrayNode elements = JSON.arrayNode();
        for (int number = 1; number <= count; number++) {
            ObjectNode element = (ObjectNode) value(schema, choice);
            if (count > 1) {
                renumber(element, schema, number, count);
            }
            elements.add(element);
        }
        return elements;
    }

    private static void renumber(ObjectNode element, JsonNode schema, int number, int count) {
        schema.get("properties").properties().stream()
                .filter(field -> typeOf(field.getValue()).equals("integer"))
                .filter(field -> field.getValue().get("maximum").asLong() >= count)
                .forEach(field -> element.put(field.getKey(), number));
    }

    private static JsonNode value(JsonNode schema, Choice choice) {
        return switch (typeOf(schema)) {
            case "integer" -> choice.number.apply(schema);
            case "string" -> JSON.textNode(choice.text.apply(schema));
            case "array" -> elements(schema.get("items"), choice.elements.apply(schema), choice);
            case "object" -> {
                ObjectNode object = JSON.objectNode();
                schema.get("properties").properties().stream()
                        .filter(each -> choice.whole || isRequired(schema, each.getKey()))
                        .forEach(each -> object.set(each.getKey(), value(each.getValue(), choice)));
                yield object;
            }
            default -> throw new IllegalArgumentException("No value is known of the type " + schema.path("type"));
        };
    }

    private static JsonNode replace(JsonNode node, Predicate<JsonNode> which, UnaryOperator<JsonNode> by) {
        JsonNode copy =
                switch (node) {
                    case ObjectNode object -> {
                        ObjectNode inner = JSON.objectNode();
                        object.properties()
                                .forEach(each -> inner.set(each.getKey(), replace(each.getValue(), which, by)));
                        yield inner;
                    }
                    case ArrayNode array -> {
                        ArrayNode inner = JSON.arrayNode();
                        array.forEach(each -> inner.add(replace(each, which, by)));
                        yield inner;
                    }
                    default -> node;
                };
        return which.test(copy) ? by.apply(copy) : copy;
    }

    private static boolean isRequired(JsonNode schema, String field) {
        return schema.path("required").valueStream().anyMatch(each -> each.asText()
                .equals(field));
    }

    static String typeOf(JsonNode schema) {
        return schema.path("type").asText();
    }

    private static void requireKnown(JsonNode schema) {
        Set<String> unknown = schema.propertyStream()
                .map(Map.Entry::getKey)
                .filter(keyword -> !KEYWORDS.contains(keyword))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("No violation is known of the keywords " + unknown);
        }
        schema.path("properties").valueStream().forEach(SchemaExamples::requireKnown);
        if (schema.has("items")) {
            requireKnown(schema.get("items"));
        }
    }
}
