package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * An ahead-of-time cache of a JVM: classes loaded and linked, profiles of methods. A training run records what it
 * consists of (JEP 483, 514, 515).
 *
 * @param file in the same folder as what it was created from, so that it is deleted with it
 */
public record AotCache(Path file) {
    /** What the JVM says of its cache would not be JSON; the service says itself whether it uses one. */
    private static final String QUIET = "-Xlog:aot*=off,cds*=off";

    public AotCache {
        file = file.toAbsolutePath();
    }

    /** Whether there is one; a JVM that can't use it continues without. */
    boolean exists() {
        return Files.exists(file);
    }

    /** JVM options that start with the cache. */
    List<String> using() {
        return List.of("-XX:AOTCache=" + file, QUIET);
    }

    /** JVM options that record until the JVM ends. */
    List<String> recording() {
        return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded(), QUIET);
    }

    /** JVM options that create the cache of a recording; the JVM then exits without running the application. */
    List<String> creating() {
        return List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded(), "-XX:AOTCache=" + created(), QUIET);
    }

    /** Publishes a cache that was created, at once, and deletes the recording, which is as large. */
    void publish() {
        try {
            Files.move(created(), file, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(recorded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path recorded() {
        return sibling(".recording");
    }

    private Path created() {
        return sibling(".new");
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
