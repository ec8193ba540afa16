package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value as it stands in a YAML file, and its place.
 *
 * @param yaml on one line
 * @param words those that a message about it may name: its key, those within it, and its texts
 */
record WrittenValue(List<String> path, String yaml, Set<String> words) {

    static WrittenValue of(List<String> path, JsonNode value) {
        return new WrittenValue(path, quoted(value), withKey(path, words(value)));
    }

    /** @param yaml of whatever a user writes there */
    static WrittenValue of(List<String> path, String yaml) {
        return new WrittenValue(
                path, yaml, withKey(path, Pattern.compile("[^\\w.-]+").splitAsStream(yaml)));
    }

    String key() {
        return path.getLast();
    }

    String document() {
        return path.reversed().stream().reduce(yaml, (inner, key) -> "{\"%s\": %s}".formatted(key, inner), (a, b) -> a);
    }

    @Override
    public String toString() {
        return String.join(".", path) + ": " + yaml;
    }

    /** Short texts are in every message, and {@code enabled} is no name without what it enables. */
    private static Set<String> withKey(List<String> path, Stream<String> words) {
        String key = path.getLast().equals("enabled") ? path.get(path.size() - 2) : path.getLast();
        return Stream.concat(Stream.of(key), words.filter(word -> word.length() > 1))
                .collect(Collectors.toSet());
    }

    private static Stream<String> words(JsonNode value) {
        return value.isTextual()
                ? Stream.of(value.asText())
                : Stream.concat(
                        value.propertyStream().map(Map.Entry::getKey),
                        value.valueStream().flatMap(WrittenValue::words));
    }

    private static String quoted(JsonNode value) {
        if (value.isTextual()) {
            return quoted(value.asText());
        } else if (value.isArray()) {
            return value.valueStream().map(WrittenValue::quoted).collect(Collectors.joining(", ", "[", "]"));
        } else if (value.isObject()) {
            return value.propertyStream()
                    .map(property -> quoted(property.getKey()) + ": " + quoted(property.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** With escapes of YAML; those of JSON are others for characters outside the basic plane. */
    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(point -> {
                    boolean plain = point >= ' ' && point <= '~' && point != '"' && point != '\\';
                    return plain ? Character.toString(point) : "\\U%08X".formatted(point);
                })
                .collect(Collectors.joining("", "\"", "\""));
    }
}
