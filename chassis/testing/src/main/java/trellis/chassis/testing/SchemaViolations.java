package trellis.chassis.testing;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static trellis.chassis.testing.SchemaExamples.typeOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Invalid documents, generated from a JSON Schema: required fields are left out or misspelt, and each value has
 * another type, exceeds each of its bounds or does not match its pattern.
 */
final class SchemaViolations {

    /**
     * A document that violates the schema.
     *
     * @param description what is wrong, and where
     */
    record Violation(String description, JsonNode document) {

        private Violation in(String field, ObjectNode whole) {
            ObjectNode broken = whole.deepCopy();
            broken.set(field, document);
            return new Violation("/" + field + description, broken);
        }

        private Violation inArray() {
            return new Violation(
                    "/0" + description, JsonNodeFactory.instance.arrayNode().add(document));
        }
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SchemaViolations() {}

    /** All violations, each in one place of the given document, always in the same order. */
    static List<Violation> of(JsonNode schema, ObjectNode valid) {
        return violations(schema, valid).toList();
    }

    /**
     * Descriptions and bytes of documents that are not JSON, more than one JSON value or not UTF-8 (RFC 8259, section
     * 8.1), derived from the given one.
     */
    static Map<String, byte[]> unreadable(ObjectNode valid) {
        String text = valid.toString();
        byte[] brokenText = text.getBytes(UTF_8);
        brokenText[text.indexOf('"') + 1] = (byte) 0xFF;
        return Map.of(
                "empty", new byte[0],
                "cut off", text.substring(0, text.length() - 1).getBytes(UTF_8),
                "followed by text", (text + " and more").getBytes(UTF_8),
                "followed by another", (text + text).getBytes(UTF_8),
                "with a duplicate field",
                        ("{" + text.substring(1, text.length() - 1) + "," + text.substring(1)).getBytes(UTF_8),
                "a comment", ("/* */" + text).getBytes(UTF_8),
                "not UTF-8", brokenText,
                "UTF-16", text.getBytes(UTF_16),
                "UTF-16 without a mark", text.getBytes(UTF_16LE));
    }

    private static Stream<Violation> violations(JsonNode schema, JsonNode valid) {
        Stream<JsonNode> inPlace = Stream.concat(ofAnotherType(schema, valid), beyondBounds(schema));
        return Stream.concat(
                inPlace.map(value -> new Violation(" is " + abbreviated(value), value)),
                switch (valid) {
                    case ObjectNode object -> Stream.concat(withoutRequired(schema, object), inFields(schema, object));
                    case ArrayNode array ->
                        violations(schema.get("items"), array.get(0)).map(Violation::inArray);
                    default -> Stream.of();
                });
    }

    /** Values that a lenient parser might convert to the type. */
    private static Stream<JsonNode> ofAnotherType(JsonNode schema, JsonNode valid) {
        String type = typeOf(schema);
        JsonNode asText = JSON.textNode(valid.isValueNode() ? valid.asText() : valid.toString());
        Map<String, JsonNode> values =
                Map.of("integer", JSON.numberNode(1), "array", JSON.arrayNode(), "object", JSON.objectNode());
        return Stream.of(
                        Stream.of(JSON.nullNode(), JSON.booleanNode(true), JSON.numberNode(1.9)),
                        Stream.of(JSON.arrayNode().add(valid)).filter(wrapped -> !type.equals("array")),
                        Stream.of(asText, JSON.textNode(""), JSON.textNode(" ")).filter(text -> !type.equals("string")),
                        valid.valueStream().filter(element -> type.equals("array")),
                        values.keySet().stream()
                                .filter(other -> !other.equals(type))
                                .sorted()
                                .map(values::get))
                .flatMap(each -> each);
    }

    private static Stream<JsonNode> beyondBounds(JsonNode schema) {
        return schema.propertyStream().flatMap(keyword -> {
            JsonNode bound = keyword.getValue();
            return switch (keyword.getKey()) {
                case "minimum" ->
                    Stream.of(JSON.numberNode(bound.bigIntegerValue().subtract(BigInteger.ONE)));
                case "maximum" ->
                    Stream.of(
                            JSON.numberNode(bound.bigIntegerValue().add(BigInteger.ONE)),
                            JSON.numberNode(BigInteger.TWO.pow(80)));
                case "minLength" -> Stream.of(JSON.textNode("x".repeat(bound.asInt() - 1)));
                case "maxLength" -> Stream.of(JSON.textNode("x".repeat(bound.asInt() + 1)));
                case "pattern" -> Stream.of(JSON.textNode(noMatch(bound.asText())));
                case "maxItems" -> Stream.of(SchemaExamples.elements(schema.get("items"), bound.asInt() + 1));
                default -> Stream.<JsonNode>of();
            };
        });
    }

    private static String noMatch(String pattern) {
        return Stream.of(" \t\n", "x", "")
                .filter(text -> !Pattern.compile(pattern).matcher(text).find())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No text is known that does not match " + pattern));
    }

    private static Stream<Violation> withoutRequired(JsonNode schema, ObjectNode valid) {
        return schema.path("required").valueStream().map(JsonNode::asText).flatMap(field -> {
            ObjectNode without = valid.deepCopy();
            JsonNode value = without.remove(field);
            ObjectNode misspelt = without.deepCopy();
            misspelt.set(field + "x", value);
            return Stream.of(
                    new Violation("/" + field + " is missing", without),
                    new Violation("/" + field + " is misspelt", misspelt));
        });
    }

    private static Stream<Violation> inFields(JsonNode schema, ObjectNode valid) {
        return schema.get("properties").propertyStream().flatMap(field -> violations(
                        field.getValue(), valid.get(field.getKey()))
                .map(each -> each.in(field.getKey(), valid)));
    }

    private static String abbreviated(JsonNode value) {
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "... (" + text.length() + " characters)";
    }
}
