package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM has learned of a service in a training run (JEP 483, 514, 515), kept beside the build it belongs to. It links
 * classes of a plain class path only, so the service is then started with one and not by Quarkus' own class loader.
 */
final class AotCache {
    private static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";

    private final Path application;
    private final Path file;

    /** @param application the folder that Quarkus built */
    AotCache(Path application) {
        this.application = application.toAbsolutePath();
        file = this.application.resolveSibling("start-" + Runtime.version() + ".aot");
    }

    /** Whether there is one of this build and this JDK; the JVM itself ignores any other. */
    boolean fresh() {
        try {
            return Files.exists(file)
                    && Files.getLastModifiedTime(file)
                                    .compareTo(Files.getLastModifiedTime(
                                            application.resolve("quarkus/quarkus-application.dat")))
                            >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What to tell the JVM to start with what was learned. If nothing was, Quarkus' own jar is faster, and so is C1 alone: what
     * is started so is asked little, and ended before C2 has paid for itself.
     */
    List<String> start() {
        return fresh()
                ? List.of("-XX:AOTCache=" + file, "-cp", classPath(), MAIN_CLASS)
                : List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        application.resolve("quarkus-run.jar").toString());
    }

    /** What to tell it to note what it loads and runs. */
    List<String> training() {
        return List.of(
                "-XX:AOTMode=record",
                "-XX:AOTConfiguration=" + notes(),
                "-Xlog:aot=off,cds=off",
                "-cp",
                classPath(),
                MAIN_CLASS);
    }

    /** What to tell it to make a cache of the notes; it runs nothing else and ends. */
    List<String> creation() {
        return List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + notes(),
                "-XX:AOTCache=" + file,
                "-Xlog:aot=off,cds=off",
                "-cp",
                classPath());
    }

    /** Deletes the notes, which are as large as the cache and of no use once it is there. */
    void forgetNotes() {
        try {
            Files.deleteIfExists(notes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path notes() {
        return file.resolveSibling("start.aotconf");
    }

    /** In an order that is always the same, the classes that Quarkus has changed first. */
    private String classPath() {
        List<Path> jars = new ArrayList<>();
        jars.add(application.resolve("quarkus/transformed-bytecode.jar"));
        jars.add(application.resolve("quarkus/generated-bytecode.jar"));
        for (String folder : List.of("app", "lib/boot", "lib/main")) {
            jars.addAll(in(application.resolve(folder)));
        }
        return jars.stream().map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " is not as Quarkus builds it", e);
        }
    }
}
