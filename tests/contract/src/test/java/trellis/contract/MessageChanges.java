package trellis.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What whoever relies on one JSON Schema of a message would miss in another. */
class MessageChanges {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each is a bound from below or above that a consumer relies on, and its provider may only make narrower. */
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");

    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");

    /** What the first schema asks for and the second does not assure. */
    static List<String> broken(String relied, String promised) {
        return broken("", read(relied), read(promised));
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
        for (String said : List.of("type", "pattern")) {
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

    private static boolean contains(JsonNode names, JsonNode name) {
        for (JsonNode each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
