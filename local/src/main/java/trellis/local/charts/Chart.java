package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A chart with all of its values, those of the included sections too.
 *
 * @param properties the values' nodes as in schema.yaml, merged
 * @param types the types that they may refer to
 */
record Chart(Source source, ObjectNode properties, ObjectNode types) {
    /** Has no values, but Helm passes {@code global} to it. */
    static Chart library(Source source) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.set("global", Internal.anyMap());
        return new Chart(source, properties, source.at("types"));
    }

    /** A chart that can be installed alone, or as a part of the umbrella. */
    static Chart part(Source source, Library library) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        if (source.isSwitched()) {
            properties.set("enabled", Internal.alwaysEnabled());
        }
        properties = Merge.of(included(source, library, properties), source.at("values"));
        addLibrary(properties, source, library);
        return new Chart(source, properties, joined(library.types(), source));
    }

    /** The chart that has all others below their names. */
    static Chart umbrella(Source source, Map<String, Chart> parts, Library library) {
        ObjectNode own = source.at("values").deepCopy();
        own.remove(parts.keySet());
        ObjectNode properties = Merge.of(included(source, library, JsonNodeFactory.instance.objectNode()), own);
        ObjectNode types = joined(library.types(), source);
        for (Map.Entry<String, Chart> entry : parts.entrySet()) {
            String name = entry.getKey();
            Chart part = entry.getValue();
            ObjectNode below = JsonNodeFactory.instance.objectNode();
            below.set(name, part.inUmbrella(name));
            ObjectNode changes = JsonNodeFactory.instance.objectNode();
            if (source.at("values").get(name) instanceof ObjectNode change) {
                changes.set(name, change);
            }
            properties.setAll(Merge.of(below, changes));
            types = joined(types, part.source());
        }
        addLibrary(properties, source, library);
        return new Chart(source, properties, types);
    }

    Map<String, Value> values() {
        return Value.all(properties, types);
    }

    /** As a value of the umbrella, with a switch, and without {@code global}, which is the umbrella's. */
    private ObjectNode inUmbrella(String name) {
        ObjectNode below = JsonNodeFactory.instance.objectNode();
        if (source.isSwitched()) {
            ObjectNode enabled = below.putObject("enabled")
                    .put("description", "Whether " + name + " is part of the release")
                    .put("default", true);
            enabled.putArray("type").add("boolean").add("null"); // a part that is left empty has its defaults
        }
        ObjectNode own = properties.deepCopy();
        own.remove("enabled");
        own.set("global", Internal.anyMap());
        below.setAll(own);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("description", source.description());
        node.set("properties", below);
        return node;
    }

    private static ObjectNode included(Source source, Library library, ObjectNode first) {
        ObjectNode all = first;
        for (String section : source.include()) {
            all = Merge.of(all, library.section(section));
        }
        return all;
    }

    private static void addLibrary(ObjectNode properties, Source source, Library library) {
        if (source.dependsOn(library.name())) {
            properties.set(library.name(), Internal.onlyGlobal());
        }
    }

    private static ObjectNode joined(ObjectNode types, Source source) {
        ObjectNode joined = types.deepCopy();
        for (Map.Entry<String, JsonNode> type : source.at("types").properties()) {
            JsonNode other = joined.get(type.getKey());
            if (other != null && !other.equals(type.getValue())) {
                throw new IllegalStateException(
                        source.folder() + "/schema.yaml: another chart has a different type " + type.getKey());
            }
            joined.set(type.getKey(), type.getValue());
        }
        return joined;
    }
}
