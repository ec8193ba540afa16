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

    /** The services that pin a document whose name ends so, and the names of these documents. */
    static Stream<Arguments> pinned(String ending) {
        return documents(SERVICES, "pinned", ending);
    }

    /** Whose promise the document is: the name of its folder. */
    static String providerOf(String document) {
        return documents(SERVICES, "contract", document)
                .map(found -> (String) found.get()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody promises " + document));
    }

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
        return documents(RELEASED, "", ending);
    }

    /** The folders and the names of the documents in them that end so, each folder's in a folder of this name. */
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
