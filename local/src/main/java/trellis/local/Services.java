package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The services of a checkout, listed from its folders, so that a new one is never forgotten. */
public final class Services {
    private Services() {}

    public static List<String> of(Path checkout) {
        try (Stream<Path> folders = Files.list(checkout.resolve("services"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Not a checkout: " + checkout, e);
        }
    }

    /** Those that have a database. */
    public static List<String> storing(Path checkout) {
        return of(checkout).stream()
                .filter(service -> Files.exists(
                        checkout.resolve("services").resolve(service).resolve("src/main/resources/db/migration")))
                .toList();
    }
}
