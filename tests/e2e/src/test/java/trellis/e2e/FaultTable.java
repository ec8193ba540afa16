package trellis.e2e;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was seen of each fault and when, in Markdown. The rows of several runs gather in one file, the newest of each fault. */
final class FaultTable {
    static final Path FILE = Command.repository().resolve("tests/e2e/target/faults.md");
    private static final String HEAD = line(Stream.concat(
            Stream.of("Fault"), Arrays.stream(Sign.Column.values()).map(Sign.Column::title)));
    private static final String RULE = line(Stream.generate(() -> "---").limit(Sign.Column.values().length + 1L));

    private final Path file;
    private final String fault;
    private final Map<Sign.Column, List<String>> seen = new EnumMap<>(Sign.Column.class);

    FaultTable(Path file, String fault) {
        this.file = file;
        this.fault = fault;
    }

    void add(Sign.Column column, String text) {
        seen.computeIfAbsent(column, any -> new ArrayList<>()).add(text);
    }

    /** Replaces the fault's row in the file, and prints it. */
    void write() {
        String row = line(Stream.concat(
                Stream.of(fault),
                Arrays.stream(Sign.Column.values())
                        .map(column -> String.join("; ", seen.getOrDefault(column, List.of("-"))))));
        System.out.println("    " + row);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    Stream.of(Stream.of(HEAD, RULE), others(), Stream.of(row))
                            .flatMap(lines -> lines)
                            .collect(joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> others() throws IOException {
        if (!Files.exists(file)) {
            return Stream.empty();
        }
        return Files.readAllLines(file).stream().skip(2).filter(row -> !row.startsWith("| " + fault + " |"));
    }

    private static String line(Stream<String> cells) {
        return cells.map(cell -> cell.replace("|", "\\|")).collect(joining(" | ", "| ", " |"));
    }
}
