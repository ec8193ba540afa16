package trellis.contract;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Where the promises, what of them was released and the copies that others have pinned are kept. */
class Contracts {

    private static final Path SERVICES = Path.of("../../services");
    private static final Path RELEASED = Path.of("src/test/resources/released");

    /** What a service promises today. */
    static String promised(String service, String document) {
        return read(SERVICES.resolve(service).resolve("contract").resolve(document));
    }

    /** What a service relies on. */
    static String pinned(String service, String document) {
        return read(SERVICES.resolve(service).resolve("pinned").resolve(document));
    }

    /** What a service promised at the last release. */
    static String released(String service, String document) {
        return read(RELEASED.resolve(service).resolve(document));
    }

    /** The services and the names of the documents that were released, each with this ending. */
    static Stream<Arguments> released(String ending) {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(file -> arguments(
                            file.getParent().getFileName().toString(),
                            file.getFileName().toString()))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
