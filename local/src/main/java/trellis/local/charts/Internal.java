package trellis.local.charts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Values that Helm sets and users don't: a schema has to accept them, and nothing shows them. */
final class Internal {
    static final String MARK = "internal";

    private Internal() {}

    /** What the umbrella passes to a part that it installs, null if left empty. A chart installed alone can't be switched off. */
    static ObjectNode alwaysEnabled() {
        ObjectNode node = marked();
        node.putArray("enum").add(true).addNull();
        return node;
    }

    static ObjectNode anyMap() {
        return marked().put("type", "object");
    }

    /** What Helm passes to the library, where nothing that a user sets would have an effect. */
    static ObjectNode onlyGlobal() {
        ObjectNode node = marked();
        node.putObject("properties").set("global", anyMap());
        return node;
    }

    private static ObjectNode marked() {
        return JsonNodeFactory.instance.objectNode().put(MARK, true);
    }
}
