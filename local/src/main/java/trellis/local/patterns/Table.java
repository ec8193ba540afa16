package trellis.local.patterns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was found of all patterns, for people to read. */
record Table(List<Row> rows) {
    record Row(String pattern, String done, Finding finding, Duration took) {
        private List<String> cells() {
            return List.of(pattern, done, finding.seen(), finding.verdict().toString(), took.toSeconds() + " s");
        }
    }

    private static final List<String> HEADINGS = List.of("pattern", "what was done", "what was seen", "result", "took");

    /** Of the columns, in characters; together with the lines between them 140. */
    private static final List<Integer> WIDTHS = List.of(18, 36, 55, 13, 5);

    boolean holds() {
        return rows.stream().noneMatch(row -> row.finding().verdict() == Verdict.DOES_NOT_HOLD);
    }

    /** For a terminal of 140 characters. */
    String text() {
        String rule = WIDTHS.stream().map("-"::repeat).collect(Collectors.joining("-+-", "", "\n"));
        return Stream.concat(Stream.of(HEADINGS), rows.stream().map(Row::cells))
                .map(Table::lines)
                .collect(Collectors.joining(rule, "", rule));
    }

    String markdown() {
        return Stream.concat(
                        Stream.of(
                                HEADINGS,
                                HEADINGS.stream().map(heading -> "---").toList()),
                        rows.stream().map(Row::cells))
                .map(cells -> cells.stream()
                        .map(cell -> cell.replace("|", "\\|"))
                        .collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.joining());
    }

    private static String lines(List<String> cells) {
        List<List<String>> wrapped = IntStream.range(0, cells.size())
                .mapToObj(i -> wrapped(cells.get(i), WIDTHS.get(i)))
                .toList();
        int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, height)
                .mapToObj(line -> IntStream.range(0, cells.size())
                        .mapToObj(i -> padded(wrapped.get(i), line, WIDTHS.get(i)))
                        .collect(Collectors.joining(" | "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String padded(List<String> cell, int line, int width) {
        String text = line < cell.size() ? cell.get(line) : "";
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** At spaces; a word that is too long, such as a pod's name, is broken. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            String rest = word;
            while (rest.length() > width) {
                lines.add(rest.substring(0, width));
                rest = rest.substring(width);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }
}
