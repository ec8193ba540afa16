package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Merges as Helm merges values: maps key by key, anything else is replaced, and null removes. */
final class Merge {
    private Merge() {}

    /** Returns a copy. {@code default: null} is a value like others. */
    static ObjectNode of(ObjectNode base, ObjectNode over) {
        ObjectNode merged = base.deepCopy();
        for (Map.Entry<String, JsonNode> change : over.properties()) {
            String key = change.getKey();
            if (change.getValue().isNull() && !key.equals("default")) {
                merged.remove(key);
            } else if (change.getValue() instanceof ObjectNode map && merged.get(key) instanceof ObjectNode below) {
                merged.set(key, of(below, map));
            } else {
                merged.set(key, change.getValue().deepCopy());
            }
        }
        return merged;
    }
}
