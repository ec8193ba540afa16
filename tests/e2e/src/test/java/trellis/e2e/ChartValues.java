package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values for a chart, generated of its schema: those that it allows, and those that a user writes by mistake. */
final class ChartValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Texts that YAML takes for something else when they are not quoted. */
    private static final List<String> AMBIGUOUS = List.of(
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "true",
            "null",
            "1e3",
            "0x1f",
            "0o17",
            "010",
            "1_000",
            "1.0",
            "12",
            "2026-01-31",
            "12:30:45",
            "inf",
            "NaN",
            "1e400");

    private static final List<String> WRITTEN_BY_MISTAKE = List.of(
            "yes",
            "1e3",
            "0x1f",
            "010",
            "1_000",
            "1.5",
            "-1",
            "0",
            "1e30",
            "2026-01-31",
            "~",
            "",
            "[]",
            "[1]",
            "[~]",
            "{}",
            "{a: 1}",
            "\"\"",
            "\" \"",
            "\"a b\"",
            "\"{{ fail }}\"",
            "\"1\\n2\"",
            "\"'\"",
            "'\"'",
            "\"a: b\"",
            "\"#\"",
            "\"\\u00e9\"",
            "!!binary aGk=",
            "&a b",
            "9999999999999999999999");

    private static final Set<String> KEYWORDS = Set.of(
            "description",
            "default",
            "type",
            "properties",
            "additionalProperties",
            "propertyNames",
            "required",
            "items",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "minLength",
            "minProperties",
            "maxLength",
            "pattern",
            "enum",
            "anyOf",
            "allOf",
            "not");

    private final RandomSource chance;
    private final JsonNode root;
    private final List<Place> leaves = new ArrayList<>();
    private final List<Place> next = new ArrayList<>();
    private final List<Place> sections = new ArrayList<>();

    /** @param schema with every {@code $ref} resolved */
    private record Place(List<String> path, JsonNode schema) {}

    /**
     * A value and its place.
     *
     * @param value as it is written in a YAML file, on one line
     * @param words what a message may name: the key, those within the value, and the texts in it
     */
    record Value(List<String> path, String value, Set<String> words) {
        /** As a YAML document. */
        String yaml() {
            return path.reversed().stream()
                    .reduce(value, (inner, key) -> "{\"%s\": %s}".formatted(key, inner), (a, b) -> a);
        }

        @Override
        public String toString() {
            return String.join(".", path) + ": " + value;
        }
    }

    ChartValues(RandomSource chance, JsonNode schema) {
        this.chance = chance;
        root = schema;
        addPlaces(List.of(), resolved(schema));
    }

    /** One that the schema allows, of each key in turn. */
    Value valid() {
        if (next.isEmpty()) {
            next.addAll(leaves);
        }
        Place place = next.remove(chance.between(0, next.size() - 1));
        return value(place.path, value(place.schema));
    }

    /** One that the schema may refuse. */
    Value doubtful() {
        Place place = chance.oneOf(leaves);
        return switch (chance.between(0, 9)) {
            case 0, 1 ->
                written(chance.oneOf(sections).path, chance.oneOf("", "~", "{}", "[]", "true", "0", "\"\"", "text"));
            case 2 -> {
                Place section = chance.oneOf(sections);
                String unknown = chance.oneOf("colour", "Enabled", "replicas", "x-y", "__proto__", "0");
                List<String> path = new ArrayList<>(section.path);
                path.add(unknown);
                yield written(path, chance.oneOf("1", "~", "{}", "text"));
            }
            case 3, 4 -> atABound(place);
            default -> written(place.path, chance.oneOf(WRITTEN_BY_MISTAKE));
        };
    }

    /** A number just outside of its bounds, a text that is too long or that has one character more. */
    private Value atABound(Place place) {
        JsonNode schema = place.schema;
        List<String> types = types(schema);
        if (types.contains("integer") || types.contains("number")) {
            long beyond = chance.oneIn(2)
                    ? schema.path("minimum").asLong(0) - 1
                    : schema.path("maximum").asLong(Integer.MAX_VALUE) + 1;
            return written(place.path, Long.toString(beyond));
        }
        if (types.contains("string")) {
            String text = value(schema).asText();
            String added = chance.oneOf(
                    " ",
                    "\n",
                    "\t",
                    ":",
                    "/",
                    "-",
                    ".",
                    "_",
                    "A",
                    "\"",
                    "'",
                    "#",
                    "{{",
                    "\\",
                    "\u00e9",
                    "\ud83c\udf31");
            String changed = chance.oneIn(3)
                    ? "a".repeat(chance.oneOf(64, 254, 5000)) + text
                    : chance.oneIn(2) ? text + added : added + text;
            return value(place.path, JSON.textNode(changed));
        }
        return written(place.path, chance.oneOf(WRITTEN_BY_MISTAKE));
    }

    private void addPlaces(List<String> path, JsonNode schema) {
        if (!schema.has("properties")) {
            leaves.add(new Place(path, schema));
            return;
        }
        if (!path.isEmpty()) {
            sections.add(new Place(path, schema));
        }
        schema.get("properties").properties().forEach(property -> {
            List<String> inner = new ArrayList<>(path);
            inner.add(property.getKey());
            addPlaces(inner, resolved(property.getValue()));
        });
    }

    private JsonNode value(JsonNode unresolved) {
        JsonNode schema = resolved(unresolved);
        if (schema.has("enum")) {
            return chance.oneOf(schema.get("enum").valueStream().toList());
        }
        if (schema.has("anyOf")) {
            return value(chance.oneOf(schema.get("anyOf").valueStream().toList()));
        }
        String type = chance.oneOf(types(schema));
        return switch (type) {
            case "null" -> JSON.nullNode();
            case "boolean" -> JSON.booleanNode(chance.oneIn(2));
            case "integer" -> JSON.numberNode(number(schema));
            case "number" ->
                chance.oneIn(2)
                        ? JSON.numberNode(number(schema))
                        : JSON.numberNode(
                                Math.min(schema.path("maximum").asInt(1000), 1) / chance.oneOf(2.0, 4.0, 10.0));
            case "string" -> JSON.textNode(text(schema));
            case "array" -> {
                ArrayNode list = JSON.arrayNode();
                for (int i = chance.between(0, 2); i > 0; i--) {
                    list.add(value(schema.get("items")));
                }
                yield list;
            }
            case "object" -> object(schema);
            default -> throw new IllegalArgumentException("No value is known of " + schema);
        };
    }

    private long number(JsonNode schema) {
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
        String pattern = schema.path("pattern").asText("");
        int shortest = schema.path("minLength").asInt();
        int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (chance.oneIn(3)) {
            String ambiguous = chance.oneOf(AMBIGUOUS);
            if (Pattern.compile(pattern).matcher(ambiguous).find()) {
                return ambiguous;
            }
        }
        if (pattern.isEmpty()) {
            return shortest == 0 && chance.oneIn(10) ? "" : new RandomTexts(chance).text(1, 60);
        }
        String text;
        do {
            text = PatternTexts.text(chance, pattern);
            if (!Pattern.compile(pattern).matcher(text).find()) {
                throw new IllegalStateException(text + " does not match " + pattern);
            }
        } while (text.length() > longest || text.length() < shortest);
        return text;
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
        if (more.isObject()) {
            for (int i = chance.between(0, 2); i > 0; i--) {
                object.set(name(schema.path("propertyNames")), value(more));
            }
        }
        return object;
    }

    private String name(JsonNode names) {
        List<JsonNode> all =
                names.has("allOf") ? names.get("allOf").valueStream().toList() : List.of(names);
        JsonNode forbidden = all.getLast().at("/not/enum");
        String name;
        do {
            name = text(resolved(all.getFirst()));
        } while (forbidden.valueStream().anyMatch(JSON.textNode(name)::equals));
        return name;
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.valueStream().map(JsonNode::asText).toList()
                : List.of(type.asText(schema.has("properties") ? "object" : ""));
    }

    /** With what {@code $ref} names, and what stands beside it. */
    private JsonNode resolved(JsonNode schema) {
        ObjectNode resolved = JSON.objectNode();
        JsonNode named = schema.path("$ref");
        if (!named.isMissingNode()) {
            resolved.setAll((ObjectNode) resolved(root.at(named.asText().substring(1))));
        }
        schema.properties().forEach(keyword -> {
            if (KEYWORDS.contains(keyword.getKey())) {
                resolved.set(keyword.getKey(), keyword.getValue());
            } else if (!keyword.getKey().startsWith("$") && !keyword.getKey().equals("title")) {
                throw new IllegalArgumentException("Nothing is known of " + keyword);
            }
        });
        return resolved;
    }

    private static Value value(List<String> path, JsonNode value) {
        return new Value(path, yaml(value), withKey(path, words(value)));
    }

    private static Value written(List<String> path, String yaml) {
        return new Value(path, yaml, withKey(path, Pattern.compile("[^\\w.-]+").splitAsStream(yaml)));
    }

    /** Short texts are in every message, and {@code enabled} is no name without what it enables. */
    private static Set<String> withKey(List<String> path, Stream<String> words) {
        String key = path.getLast().equals("enabled") ? path.get(path.size() - 2) : path.getLast();
        return Stream.concat(Stream.of(key), words.filter(word -> word.length() > 1))
                .collect(Collectors.toSet());
    }

    /** The keys and the texts in the value. */
    private static Stream<String> words(JsonNode value) {
        return value.isTextual()
                ? Stream.of(value.asText())
                : Stream.concat(
                        value.propertyStream().map(Map.Entry::getKey),
                        value.valueStream().flatMap(ChartValues::words));
    }

    /** JSON with the escapes of YAML, which are others for characters outside the basic plane. */
    private static String yaml(JsonNode value) {
        if (value.isTextual()) {
            return quoted(value.asText());
        } else if (value.isArray()) {
            return value.valueStream().map(ChartValues::yaml).collect(Collectors.joining(", ", "[", "]"));
        } else if (value.isObject()) {
            return value.propertyStream()
                    .map(property -> quoted(property.getKey()) + ": " + yaml(property.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(point -> {
                    boolean plain = point >= ' ' && point <= '~' && point != '"' && point != '\\';
                    return plain ? Character.toString(point) : "\\U%08X".formatted(point);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
