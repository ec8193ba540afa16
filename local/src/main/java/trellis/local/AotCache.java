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
 * The AOT cache of a service, created by a training run (JEP 483, 514, 515) and stored with the build that it belongs
 * to. It supports only a plain class path, so the service is then started with one instead of Quarkus' own class
 * loader.
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

    /** Whether there is a cache for this build and this JDK; the JVM itself ignores any other. */
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
     * JVM options that start with the cache. Without one, Quarkus' own jar starts faster, and so does C1 alone: such
     * a process serves few requests and ends before C2 would pay off.
     */
    List<String> start() {
        return fresh()
                ? List.of("-XX:AOTCache=" + file, "-cp", classPath(), MAIN_CLASS)
                : List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        application.resolve("quarkus-run.jar").toString());
    }

    /** JVM options that record the classes loaded and the methods run. */
    List<String> training() {
        return List.of(
                "-XX:AOTMode=record",
                "-XX:AOTConfiguration=" + notes(),
                "-Xlog:aot=off,cds=off",
                "-cp",
                classPath(),
                MAIN_CLASS);
    }

    /** JVM options that create the cache from the recording; the JVM then exits without running the application. */
    List<String> creation() {
        return List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + notes(),
                "-XX:AOTCache=" + file,
                "-Xlog:aot=off,cds=off",
                "-cp",
                classPath());
    }

    /** Deletes the recording, which is as large as the cache and not needed any more. */
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

    /** In a fixed order, the classes that Quarkus has transformed first. */
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
            throw new UncheckedIOException(folder + " does not have the layout of a Quarkus build", e);
        }
    }
}
