package trellis.local.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code make charts}: writes {@code values.yaml}, {@code values.schema.json} and the README's table of every chart from
 * its {@code schema.yaml}, so that what a value means, what it accepts and what it is by default stands in one place.
 */
public final class Charts {
    private static final Path UMBRELLA = Path.of("helm/trellis");
    private static final Path LIBRARY = Path.of("helm/trellis-common");

    private final Path checkout;

    public Charts(Path checkout) {
        this.checkout = checkout;
    }

    public static void main(String[] arguments) {
        try {
            new Charts(Path.of("").toAbsolutePath()).write().forEach(System.out::println);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Returns those of the files that it had to change.
     *
     * @throws IllegalStateException if a source can't be understood, saying why; nothing is written then
     */
    public List<Path> write() {
        List<Path> changed = new ArrayList<>();
        files().forEach((file, text) -> {
            if (!text.equals(existing(file))) {
                write(file, text);
                changed.add(file);
            }
        });
        return changed;
    }

    /** The text that each generated file should have, by its path in the checkout. */
    Map<Path, String> files() {
        Map<Path, String> files = new LinkedHashMap<>();
        Source ofLibrary = Source.read(checkout, LIBRARY);
        Library library = Library.of(ofLibrary);
        saying(LIBRARY, () -> add(files, Chart.library(ofLibrary), library));
        Source ofUmbrella = Source.read(checkout, UMBRELLA);
        Map<String, Chart> parts = new LinkedHashMap<>();
        ofUmbrella
                .parts()
                .forEach((name, folder) ->
                        saying(Path.of(folder), () -> parts.put(name, addPart(files, Path.of(folder), library))));
        ofUmbrella
                .installedBeside()
                .forEach(folder -> saying(Path.of(folder), () -> addPart(files, Path.of(folder), library)));
        saying(UMBRELLA, () -> {
            Chart umbrella = Chart.umbrella(ofUmbrella, parts, library);
            add(files, umbrella, library);
            addTable(files, umbrella, ValuesTable.ofUmbrella(umbrella, parts, library));
        });
        return files;
    }

    private static void saying(Path chart, Runnable step) {
        try {
            step.run();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(chart + ": " + e.getMessage(), e);
        }
    }

    private Chart addPart(Map<Path, String> files, Path folder, Library library) {
        Chart part = Chart.part(Source.read(checkout, folder), library);
        add(files, part, library);
        addTable(files, part, ValuesTable.ofPart(part, library));
        return part;
    }

    private static void add(Map<Path, String> files, Chart chart, Library library) {
        Path folder = chart.source().folder();
        files.put(folder.resolve("values.yaml"), new ValuesFile(chart.values()).text());
        files.put(
                folder.resolve("values.schema.json"), Json.pretty(new ValuesSchema(library, chart.types()).of(chart)));
    }

    private void addTable(Map<Path, String> files, Chart chart, String table) {
        Path file = chart.source().folder().resolve("README.md");
        files.put(file, new Readme(file, existing(file)).with(table));
    }

    private String existing(Path file) {
        try {
            return Files.exists(checkout.resolve(file)) ? Files.readString(checkout.resolve(file)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(checkout.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
