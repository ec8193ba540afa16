package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the library's schema.yaml defines for all charts.
 *
 * @param types what values accept, by name
 * @param sections groups of values, by name
 */
record Library(String name, ObjectNode types, Map<String, ObjectNode> sections) {
    static Library of(Source source) {
        Map<String, ObjectNode> sections = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> section : source.at("sections").properties()) {
            sections.put(section.getKey(), Value.node(section));
        }
        return new Library(source.name(), source.at("types"), sections);
    }

    /** @throws IllegalStateException if there is no such section */
    ObjectNode section(String name) {
        if (!sections.containsKey(name)) {
            throw new IllegalStateException("There is no section " + name + " in the schema.yaml of " + this.name);
        }
        return sections.get(name);
    }
}
