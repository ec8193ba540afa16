package trellis.local.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes YAML as a person would: on one line what fits, quotes only where they are needed. */
final class Yaml {
    static final int WIDTH = 120;

    private static final Pattern WORDS = Pattern.compile("[A-Za-z/][\\w./@-]*( [\\w./@(-][\\w./@()-]*)*");
    private static final Pattern WITH_COLONS = Pattern.compile("[A-Za-z/][\\w./@-]*(:[\\w./@-]+)+");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]+(\\.[0-9]+)?(ms?|s|h|%|[kMG]|[KMG]i)");
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){2,}");
    private static final Pattern NO_TEXT = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private Yaml() {}

    /** The lines of an entry: {@code start} is the key with its colon, or a dash. */
    static List<String> lines(String indent, String start, JsonNode value) {
        String line = indent + start + " " + (value.isTextual() ? text(value.asText(), true) : flow(value));
        if (line.length() < WIDTH || value.isEmpty()) {
            return List.of(line);
        }
        List<String> lines = new ArrayList<>(List.of(indent + start));
        if (value.isArray()) {
            value.forEach(item -> lines.addAll(lines(indent + "  ", "-", item)));
        } else {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                lines.addAll(lines(indent + "  ", key(entry.getKey()), entry.getValue()));
            }
        }
        return lines;
    }

    static String key(String name) {
        return text(name, false) + ":";
    }

    /** On one line, as it can stand in a list or a map. */
    static String flow(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(Yaml::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> key(entry.getKey()) + " " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.isTextual() ? text(value.asText(), false) : value.toString();
    }

    /** Some parsers accept a colon in a plain text only if the text is not in a list or a map on one line. */
    private static String text(String text, boolean alone) {
        boolean plain = !NO_TEXT.matcher(text).matches()
                && (WORDS.matcher(text).matches()
                        || AMOUNT.matcher(text).matches()
                        || VERSION.matcher(text).matches()
                        || alone && WITH_COLONS.matcher(text).matches());
        return plain ? text : TextNode.valueOf(text).toString();
    }
}
