package trellis.local.charts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a README: of all values with their defaults, and of the application's settings. */
final class ValuesTable {
    /** Below this many rows, headings don't help. */
    private static final int LONG = 30;

    private static final String DEFAULT = "Default";
    private static final String ACCEPTS = "Accepts";

    private final List<String> lines = new ArrayList<>();

    private ValuesTable() {}

    /** The chart's own values come first, then those of each section. */
    static String ofPart(Chart chart, Library library) {
        ValuesTable table = new ValuesTable();
        List<Row> rows = Row.ofDefaults(chart.values());
        if (rows.size() < LONG) {
            table.addTable("Key", DEFAULT, rows);
        } else {
            Map<String, String> sections = sectionsByKey(chart, library);
            table.addTable("Key", DEFAULT, in("", rows, sections));
            for (String section : chart.source().include()) {
                table.addHeading(title(section));
                table.addTable("Key", DEFAULT, in(section, rows, sections));
            }
        }
        List<Row> settings = Row.ofSettings(chart.values());
        if (!settings.isEmpty()) {
            table.addHeading("Settings of the application");
            table.addText("Below `settings`:");
            table.addTable("Name", ACCEPTS, settings);
        }
        return table.text();
    }

    /** What several parts have is there once. */
    static String ofUmbrella(Chart umbrella, Map<String, Chart> parts, Library library) {
        ValuesTable table = new ValuesTable();
        Map<String, Value> own = new LinkedHashMap<>(umbrella.values());
        own.keySet().removeAll(parts.keySet());
        table.addTable("Key", DEFAULT, Row.ofDefaults(own));
        library.sections().keySet().forEach(section -> {
            List<Row> rows = rows(umbrella, library, section, Row::ofDefaults);
            String below = below(parts, section, "");
            if (!rows.isEmpty() && !below.isEmpty()) {
                table.addHeading(title(section));
                table.addText("Below " + below + ":");
                table.addTable("Key", DEFAULT, rows);
            }
        });
        parts.forEach((name, part) -> {
            table.addHeading("`" + name + "`");
            table.addTable(
                    "Key",
                    DEFAULT,
                    ownRows(umbrella, name, part, library, Row::ofDefaults).stream()
                            .map(row -> row.below(name))
                            .toList());
        });
        table.addHeading("Settings of the application");
        library.sections().keySet().forEach(section -> {
            List<Row> rows = rows(umbrella, library, section, Row::ofSettings);
            String below = below(parts, section, "." + Row.SETTINGS);
            if (!rows.isEmpty() && !below.isEmpty()) {
                table.addText(title(section) + ", below " + below + ":");
                table.addTable("Name", ACCEPTS, rows);
            }
        });
        parts.forEach((name, part) -> {
            List<Row> rows = ownRows(umbrella, name, part, library, Row::ofSettings);
            if (!rows.isEmpty()) {
                table.addText("Below `" + name + "." + Row.SETTINGS + "`:");
                table.addTable("Name", ACCEPTS, rows);
            }
        });
        return table.text();
    }

    /** What a section gives to a part; {@code global} is the umbrella's. */
    private static List<Row> rows(
            Chart umbrella, Library library, String section, Function<Map<String, Value>, List<Row>> rowsOf) {
        return rowsOf.apply(Value.all(library.section(section), umbrella.types())).stream()
                .filter(row -> !row.key().startsWith("global."))
                .toList();
    }

    /** What a part has beyond its sections, or otherwise than they have it. */
    private static List<Row> ownRows(
            Chart umbrella, String name, Chart part, Library library, Function<Map<String, Value>, List<Row>> rowsOf) {
        Set<Row> shared = part.source().include().stream()
                .flatMap(section -> rows(umbrella, library, section, rowsOf).stream())
                .collect(Collectors.toCollection(HashSet::new));
        return rowsOf.apply(umbrella.values().get(name).properties()).stream()
                .filter(row -> !shared.contains(row))
                .toList();
    }

    /** The parts that have a section. */
    private static String below(Map<String, Chart> parts, String section, String suffix) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue().source().include().contains(section))
                .map(part -> "`" + part.getKey() + suffix + "`")
                .collect(Collectors.joining(", "));
    }

    /** The first section that has a row of this key. */
    private static Map<String, String> sectionsByKey(Chart chart, Library library) {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : chart.source().include()) {
            Row.ofDefaults(Value.all(library.section(section), chart.types()))
                    .forEach(row -> sections.putIfAbsent(row.key(), section));
        }
        return sections;
    }

    private static List<Row> in(String section, List<Row> rows, Map<String, String> sections) {
        return rows.stream()
                .filter(row -> sections.getOrDefault(row.key(), "").equals(section))
                .toList();
    }

    private static String title(String section) {
        return section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1);
    }

    private void addHeading(String heading) {
        lines.addAll(List.of("### " + heading, ""));
    }

    private void addText(String text) {
        lines.addAll(Text.wrapped("", "", text));
        lines.add("");
    }

    private void addTable(String first, String second, List<Row> rows) {
        if (!rows.isEmpty()) {
            lines.addAll(List.of("| " + first + " | " + second + " | Description |", "| --- | --- | --- |"));
            rows.forEach(row -> lines.add(row.toString()));
            lines.add("");
        }
    }

    /** Starts and ends with an empty line. */
    private String text() {
        return Stream.concat(Stream.of(""), lines.stream()).collect(Collectors.joining("\n", "", "\n"));
    }
}
