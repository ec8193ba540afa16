package trellis.e2e;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Breaks a document in one place: against its schema, or against a rule that no schema can express. */
record BrokenValues(RandomSource chance) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The service cannot parse it. */
    private static final Set<Integer> UNREADABLE = Set.of(400);

    /** The service can parse it, but it breaks a rule. */
    private static final Set<Integer> INVALID = Set.of(422);

    private static final Set<Integer> EITHER = Set.of(400, 422);

    /**
     * What was broken.
     *
     * @param statuses with which it may be refused
     */
    record Flaw(String description, Set<Integer> statuses) {}

    private record Place(String path, JsonNode schema, JsonNode value, Consumer<JsonNode> set) {}

    private record Breaking(String how, Set<Integer> statuses, Supplier<JsonNode> by) {}

    /** Breaks a property of the object, or something within it. */
    Flaw breakOne(JsonNode schema, ObjectNode document) {
        List<Place> places = new ArrayList<>();
        places.add(new Place("", schema, document, changed -> {
            document.removeAll();
            document.setAll((ObjectNode) changed);
        }));
        addProperties("", schema, document, places);
        Place place = chance.oneOf(places);
        List<Breaking> breakings = new ArrayList<>();
        switch (place.schema.path("type").asText()) {
            case "integer" -> addNumbers(place.schema, breakings);
            case "string" -> addTexts(place.schema, breakings);
            case "array" -> addLists(place.schema, place.value, breakings);
            case "object" -> {
                if (place.value instanceof ObjectNode object) {
                    addObjects(place.schema, object, breakings);
                }
            }
            default -> throw new IllegalArgumentException("Nothing is known to break " + place.schema);
        }
        if (!place.path.isEmpty()) {
            addOtherTypes(place, breakings);
        }
        Breaking chosen = chance.oneOf(breakings);
        place.set.accept(chosen.by.get());
        return new Flaw(place.path + " " + chosen.how, chosen.statuses);
    }

    private static void addProperties(String path, JsonNode schema, ObjectNode object, List<Place> places) {
        schema.get("properties").properties().forEach(property -> {
            String name = property.getKey();
            String at = path + "/" + name;
            JsonNode value = object.get(name);
            if (value != null) {
                places.add(new Place(at, property.getValue(), value, changed -> object.set(name, changed)));
            }
            JsonNode items = property.getValue().path("items");
            if (!items.isMissingNode() && value instanceof ArrayNode list && !list.isEmpty()) {
                JsonNode last = list.get(list.size() - 1);
                places.add(new Place(at + "/-", items, last, changed -> list.set(list.size() - 1, changed)));
                if (last instanceof ObjectNode element) {
                    addProperties(at + "/-", items, element, places);
                }
            }
        });
    }

    private void addOtherTypes(Place place, List<Breaking> breakings) {
        String type = place.schema.path("type").asText();
        if (!place.schema.path("nullable").asBoolean()) {
            breakings.add(new Breaking("null", EITHER, JSON::nullNode));
        }
        breakings.add(new Breaking("a boolean", EITHER, () -> JSON.booleanNode(true)));
        if (!type.equals("integer")) {
            breakings.add(new Breaking("a number", EITHER, () -> JSON.numberNode(chance.between(-1, 9))));
        }
        if (!type.equals("string")) {
            breakings.add(new Breaking(
                    "a text", EITHER, () -> JSON.textNode(chance.oneOf("", " ", "7", "+7", "null", "[]", "{}"))));
        }
        if (!type.equals("array")) {
            breakings.add(
                    new Breaking("in a list", EITHER, () -> JSON.arrayNode().add(place.value)));
            breakings.add(new Breaking("an empty list", EITHER, JSON::arrayNode));
        }
        if (!type.equals("object")) {
            breakings.add(new Breaking("an object", EITHER, JSON::objectNode));
        }
    }

    private void addNumbers(JsonNode schema, List<Breaking> breakings) {
        BigInteger least = BigInteger.valueOf(ValidValues.least(schema));
        BigInteger most = BigInteger.valueOf(ValidValues.most(schema));
        breakings.add(new Breaking("below", EITHER, () -> JSON.numberNode(least.subtract(ONE))));
        breakings.add(new Breaking("above", EITHER, () -> JSON.numberNode(most.add(ONE))));
        breakings.add(new Breaking("huge", EITHER, () -> JSON.numberNode(TWO.pow(chance.between(63, 3000)))));
        for (String number : List.of("7.0", "7.5", "7E+1", "1E-400", "1E+400", "1E+99999999")) {
            breakings.add(new Breaking(number, EITHER, () -> DecimalNode.valueOf(new BigDecimal(number))));
        }
    }

    private void addTexts(JsonNode schema, List<Breaking> breakings) {
        RandomTexts texts = new RandomTexts(chance);
        int longest = schema.get("maxLength").asInt();
        breakings.add(new Breaking("empty", INVALID, () -> JSON.textNode("")));
        breakings.add(new Breaking("blank", INVALID, () -> JSON.textNode(texts.blank())));
        breakings.add(new Breaking("without a place to be stored", INVALID, () -> JSON.textNode(texts.unstorable())));
        breakings.add(new Breaking(
                "too long",
                INVALID,
                () -> JSON.textNode(chance.oneOf("x", "\ud83c\udf31").repeat(longest + 1))));
    }

    private void addLists(JsonNode schema, JsonNode value, List<Breaking> breakings) {
        breakings.add(new Breaking("with null", EITHER, () -> copy(value).add(JSON.nullNode())));
        if (value.isArray() && !value.isEmpty()) {
            breakings.add(new Breaking("with one id twice", INVALID, () -> withOneIdTwice(schema, value)));
        }
        breakings.add(new Breaking(
                "too many",
                INVALID,
                () -> ValidValues.smallest(schema, schema.get("maxItems").asInt() + 1)));
    }

    private ArrayNode withOneIdTwice(JsonNode schema, JsonNode value) {
        ObjectNode twin = (ObjectNode) new ValidValues(chance).value(schema.get("items"));
        String id = ValidValues.id(schema);
        twin.set(id, value.get(chance.between(0, value.size() - 1)).path(id));
        return copy(value).add(twin);
    }

    private void addObjects(JsonNode schema, ObjectNode value, List<Breaking> breakings) {
        for (JsonNode each : schema.path("required")) {
            String name = each.asText();
            breakings.add(new Breaking("without " + name, EITHER, () -> without(value, name)));
            breakings.add(new Breaking("with " + name + " misspelt", EITHER, () -> without(value, name)
                    .set(name.substring(1), value.path(name))));
        }
        if (!schema.path("additionalProperties").asBoolean(true)) {
            String unknown = chance.oneOf("colour", "Name", "name ", "", "__proto__", "@type", "\ud83c\udf31");
            breakings.add(new Breaking(
                    "with «" + unknown + "»", UNREADABLE, () -> value.deepCopy().set(unknown, JSON.numberNode(1))));
        }
    }

    private static ObjectNode without(ObjectNode object, String name) {
        return object.deepCopy().without(name);
    }

    private static ArrayNode copy(JsonNode list) {
        return list instanceof ArrayNode array ? array.deepCopy() : JSON.arrayNode();
    }
}
