package trellis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code make release}: the images and charts of a version in a registry. What is there already is reused. */
record Release(Target target) {
    /** Returns what it says of each image and chart: pushed, copied or reused. */
    String run() {
        return Command.of("release/run")
                .in(
                        Command.repository(),
                        Map.of(
                                "REGISTRY",
                                target.registry(),
                                "VERSION",
                                target.version(),
                                "PLAIN_HTTP",
                                target.plain() ? "yes" : "no"))
                .run();
    }

    /** The lines of the last release of this version, to whichever registry: {@code image registry/name:tag@digest}. */
    List<String> lock() {
        Path lock = Command.repository().resolve("target/release/%s/trellis.lock".formatted(target.version()));
        try {
            return Files.readAllLines(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
