package trellis.local.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who manages which field of an object, as the API server keeps it for server-side apply. A field that somebody else has
 * changed is no longer Helm's, not even with its old value, and the next {@code helm upgrade} that changes it would be
 * refused as a conflict.
 */
final class ManagedFields {
    /** The name under which this program changes objects. */
    static final String OURS = "trellis-patterns";

    private ManagedFields() {}

    /**
     * Those of now without this program, and with what was taken from others.
     *
     * @param before the managed fields before this program has changed any
     * @param now the managed fields of the object as it is
     */
    static ArrayNode restored(JsonNode before, JsonNode now) {
        ArrayNode restored = JsonNodeFactory.instance.arrayNode();
        now.valueStream()
                .filter(entry -> !entry.path("manager").asText().equals(OURS))
                .forEach(entry -> restored.add(entry.deepCopy()));
        before.valueStream().filter(ManagedFields::isOfSomebody).forEach(entry -> giveBack(restored, entry));
        return restored;
    }

    /** The state of an object is the controllers' own. */
    private static boolean isOfSomebody(JsonNode entry) {
        return !entry.has("subresource") && !entry.path("manager").asText().equals(OURS);
    }

    private static void giveBack(ArrayNode managers, JsonNode entry) {
        managers.valueStream()
                .filter(manager -> identity(manager).equals(identity(entry)))
                .findFirst()
                .ifPresentOrElse(
                        manager -> merge((ObjectNode) manager.path("fieldsV1"), entry.path("fieldsV1")),
                        () -> managers.add(entry.deepCopy()));
    }

    private static String identity(JsonNode entry) {
        return entry.path("manager").asText() + " " + entry.path("operation").asText() + " "
                + entry.path("subresource").asText();
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode present) {
                merge(present, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }
}
