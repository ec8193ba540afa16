package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row of a table in a README.
 *
 * @param key the value's path, with dots
 * @param middle its default, or what it accepts
 */
record Row(String key, String middle, String description) {
    static final String SETTINGS = "settings";

    /** A row for each value, with its default. */
    static List<Row> ofDefaults(Map<String, Value> values) {
        List<Row> rows = new ArrayList<>();
        values.forEach((key, value) -> addDefaults(rows, key, value));
        return rows;
    }

    /** A row for each of the application's settings, with what it accepts. */
    static List<Row> ofSettings(Map<String, Value> values) {
        List<Row> rows = new ArrayList<>();
        if (values.containsKey(SETTINGS)) {
            values.get(SETTINGS)
                    .properties()
                    .forEach((name, setting) ->
                            rows.add(new Row(name, accepted(setting.node()), setting.description())));
        }
        return rows;
    }

    Row below(String part) {
        return new Row(part + "." + key, middle, description);
    }

    @Override
    public String toString() {
        return "| " + escaped("`" + key + "`") + " | " + escaped(middle) + " | " + escaped(description) + " |";
    }

    private static void addDefaults(List<Row> rows, String path, Value value) {
        if (value.isInternal()) {
            return;
        }
        if (value.hasDefault()) {
            rows.add(new Row(path, code(Yaml.flow(value.defaultValue())), value.description()));
        } else if (value.properties().isEmpty()) {
            rows.add(new Row(path, "", value.description()));
        } else if (!path.equals(SETTINGS)) {
            value.properties().forEach((key, below) -> addDefaults(rows, path + "." + key, below));
        }
    }

    private static String accepted(JsonNode node) {
        if (node.has("accepts")) {
            return node.get("accepts").asText();
        }
        if (node.has("enum")) {
            return node.get("enum")
                    .valueStream()
                    .map(each -> code(each.asText()))
                    .collect(Collectors.joining(", "));
        }
        if (node.has("exclusiveMinimum")) {
            return "above " + code(node.get("exclusiveMinimum").asText()) + ", up to "
                    + code(node.path("maximum").asText());
        }
        if (node.has("minimum") || node.has("maximum")) {
            return code(
                    node.path("minimum").asText() + ".." + node.path("maximum").asText());
        }
        if (node.path("type").asText().equals("boolean")) {
            return "`true`, `false`";
        }
        return node.path("type").isArray()
                ? node.get("type").valueStream().map(JsonNode::asText).collect(Collectors.joining(" or "))
                : node.path("type").asText();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String escaped(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }
}
