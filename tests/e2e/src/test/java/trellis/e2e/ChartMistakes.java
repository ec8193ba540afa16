package trellis.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** What a user writes into a values file and may not mean: mostly what a schema refuses. */
record ChartMistakes(RandomSource chance, ChartSchema schema) {
    private static final List<String> OF_A_VALUE = List.of("""
            yes|1e3|0x1f|010|1_000|1.5|-1|0|1e30|9999999999999999999999|2026-01-31|~||[]|[1]|[~]|{}|{a: 1}|""|" "|"a b"\
            |"{{ fail }}"|"1\\n2"|"'"|'"'|"a: b"|"#"|"\\u00e9"|!!binary aGk=|&a b""".split("\\|", -1));

    private static final List<String> OF_A_SECTION = List.of("", "~", "{}", "[]", "true", "0", "\"\"", "text");

    private static final List<String> UNKNOWN = List.of("colour", "Enabled", "replicas", "x-y", "__proto__", "0");

    private static final List<String> ADDED = List.of(
            " ", "\n", "\t", ":", "/", "-", ".", "_", "A", "\"", "'", "#", "{{", "\\", "\u00e9", "\ud83c\udf31");

    WrittenValue next() {
        ChartSchema.Place section = chance.oneOf(schema.sections());
        ChartSchema.Place leaf = chance.oneOf(schema.leaves());
        return switch (chance.between(0, 9)) {
            case 0, 1 -> WrittenValue.of(section.path(), chance.oneOf(OF_A_SECTION));
            case 2 ->
                WrittenValue.of(
                        ChartSchema.below(section.path(), chance.oneOf(UNKNOWN)), chance.oneOf("1", "~", "{}", "text"));
            case 3, 4 -> beyondABound(leaf);
            default -> WrittenValue.of(leaf.path(), chance.oneOf(OF_A_VALUE));
        };
    }

    /** A number just outside its bounds, a text that is too long or that has one character more. */
    private WrittenValue beyondABound(ChartSchema.Place place) {
        List<String> types = ChartSchema.types(place.schema());
        if (types.contains("string")) {
            String text = new ChartValues(chance, schema).value(place.schema()).asText();
            String added = chance.oneOf(ADDED);
            String changed = chance.oneOf(text + added, added + text, "a".repeat(chance.oneOf(64, 254, 5000)) + text);
            return WrittenValue.of(place.path(), JsonNodeFactory.instance.textNode(changed));
        }
        long below = place.schema().path("minimum").asLong(0) - 1;
        long above = place.schema().path("maximum").asLong(Integer.MAX_VALUE) + 1;
        return WrittenValue.of(place.path(), Long.toString(chance.oneOf(below, above)));
    }
}
