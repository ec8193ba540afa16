package trellis.contract;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Finds contracts, their released versions and the pinned copies. */
class Contracts {

    private static final Path SERVICES = Path.of("../../services");
    private static final Path RELEASED = Path.of("src/test/resources/released");

    /** The services that pin a document with this ending, and the names of these documents. */
    static Stream<Arguments> pinned(String ending) {
        return documents(SERVICES, "pinned", ending);
    }

    /** The service that provides the document: the name of its folder. */
    static String providerOf(String document) {
        return documents(SERVICES, "contract", document)
                .map(found -> (String) found.get()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No service provides " + document));
    }

    /** The provider's current document. */
    static String promised(String service, String document) {
        return read(SERVICES.resolve(service).resolve("contract").resolve(document));
    }

    /** The copy that a service pins. */
    static String pinned(String service, String document) {
        return read(SERVICES.resolve(service).resolve("pinned").resolve(document));
    }

    /** The document as of the last release. */
    static String released(String service, String document) {
        return read(RELEASED.resolve(service).resolve(document));
    }

    /** The services and the names of their released documents with this ending. */
    static Stream<Arguments> released(String ending) {
        return documents(RELEASED, "", ending);
    }

    /** The names of all folders, and of the documents with this ending in the folder {@code inner} of each. */
    private static Stream<Arguments> documents(Path folders, String inner, String ending) {
        return list(folders).flatMap(folder -> list(folder.resolve(inner))
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(ending))
                .map(name -> arguments(folder.getFileName().toString(), name)));
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            return files.sorted().toList().stream();
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
