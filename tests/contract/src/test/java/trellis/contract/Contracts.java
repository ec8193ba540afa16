package trellis.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the promises and the copies that others have pinned are kept. */
class Contracts {

    private static final Path SERVICES = Path.of("../../services");

    /** What a service promises today. */
    static String promised(String service, String document) {
        return read(SERVICES.resolve(service).resolve("contract").resolve(document));
    }

    /** What a service relies on. */
    static String pinned(String service, String document) {
        return read(SERVICES.resolve(service).resolve("pinned").resolve(document));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
