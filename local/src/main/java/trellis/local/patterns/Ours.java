package trellis.local.patterns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Objects that exist only while a pattern is shown. */
final class Ours {
    private Ours() {}

    static ObjectNode object(String version, String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", version).put("kind", kind);
        object.putObject("metadata")
                .put("name", name)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", ManagedFields.OURS);
        return object;
    }
}
