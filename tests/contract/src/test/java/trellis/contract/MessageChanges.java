package trellis.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds changes of a message's JSON Schema that break a consumer. */
class MessageChanges {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keywords that must not change. */
    private static final List<String> SAME = List.of("type", "pattern");

    /** Lower and upper bounds that a consumer relies on; the provider may only narrow them. */
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");

    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");

    /** Keywords whose members are compared by name. */
    private static final List<String> NESTED = List.of("required", "properties", "items");

    /**
     * Keywords without effect on a consumer, which ignores fields that it does not know (trellis.chassis.log.State).
     */
    private static final List<String> WITHOUT_EFFECT =
            List.of("$schema", "$id", "title", "description", "additionalProperties");

    private static final Set<String> KNOWN = Stream.of(SAME, LOWER, UPPER, NESTED, WITHOUT_EFFECT)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * What the first schema requires and the second does not guarantee.
     *
     * @throws IllegalArgumentException if one of them has a keyword that is not compared here
     */
    static List<String> broken(String relied, String promised) {
        JsonNode before = read(relied);
        JsonNode after = read(promised);
        requireKnown("", before);
        requireKnown("", after);
        return broken("", before, after);
    }

    static JsonNode read(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> broken(String path, JsonNode relied, JsonNode promised) {
        List<String> broken = new ArrayList<>();
        for (String said : SAME) {
            if (relied.has(said) && !relied.get(said).equals(promised.path(said))) {
                broken.add(path + " is now of " + said + " " + promised.path(said));
            }
        }
        relied.path("required").forEach(name -> {
            if (!contains(promised.path("required"), name)) {
                broken.add(path + "/" + name.asText() + " is no longer required");
            }
        });
        for (String bound : LOWER) {
            if (relied.has(bound)
                    && promised.path(bound).asLong(Long.MIN_VALUE)
                            < relied.get(bound).asLong()) {
                broken.add(path + " has a lower " + bound);
            }
        }
        for (String bound : UPPER) {
            if (relied.has(bound)
                    && promised.path(bound).asLong(Long.MAX_VALUE)
                            > relied.get(bound).asLong()) {
                broken.add(path + " has a higher " + bound);
            }
        }
        relied.path("properties")
                .properties()
                .forEach(each -> broken.addAll(broken(
                        path + "/" + each.getKey(),
                        each.getValue(),
                        promised.path("properties").path(each.getKey()))));
        if (relied.has("items")) {
            broken.addAll(broken(path + "/*", relied.get("items"), promised.path("items")));
        }
        return broken;
    }

    private static void requireKnown(String path, JsonNode schema) {
        if (!schema.isObject()) {
            throw new IllegalArgumentException("Nothing compares the schema " + schema + " of " + path);
        }
        Set<String> unknown = new TreeSet<>();
        schema.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KNOWN);
        if (schema.path("additionalProperties").isObject()) {
            unknown.add("additionalProperties");
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Nothing compares the keywords " + unknown + " of " + path);
        }
        schema.path("properties")
                .properties()
                .forEach(each -> requireKnown(path + "/" + each.getKey(), each.getValue()));
        if (schema.has("items")) {
            requireKnown(path + "/*", schema.get("items"));
        }
    }

    private static boolean contains(JsonNode names, JsonNode name) {
        for (JsonNode each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
