package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Collectors;

/** Writes JSON with what fits on one line. */
final class Json {
    private static final int WIDTH = 120;

    private Json() {}

    static String pretty(JsonNode node) {
        return broken("", node) + "\n";
    }

    private static String fitting(String indent, String start, JsonNode node) {
        String line = indent + start + line(node);
        return line.length() <= WIDTH || node.isEmpty() ? line : indent + start + broken(indent, node);
    }

    private static String broken(String indent, JsonNode node) {
        String inner = indent + "  ";
        return node.isArray()
                ? node.valueStream()
                        .map(item -> fitting(inner, "", item))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"))
                : node.properties().stream()
                        .map(entry -> fitting(inner, key(entry.getKey()), entry.getValue()))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String line(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream().map(Json::line).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> key(entry.getKey()) + line(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return node.toString();
    }

    private static String key(String name) {
        return TextNode.valueOf(name) + ": ";
    }
}
