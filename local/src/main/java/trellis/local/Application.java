package trellis.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service as it was built, and the JVM that runs it.
 *
 * @param java the JVM and its options
 * @param jar of the service, as it is given to the JVM
 * @param folder the folder that it has to run in, if any
 * @param light further options of a start, but not of a training
 * @param cache of this build and this JVM, which may not exist
 */
public record Application(List<String> java, String jar, Optional<Path> folder, List<String> light, AotCache cache) {
    /** The JVM options at the desk: those of the image (pom.xml), with the heap that it has in a pod by default. */
    public static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms48m",
            "-Xmx96m",
            "-XX:TrimNativeHeapInterval=60000",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:Tier0ProfileDelayFactor=1",
            "-XX:Tier2ProfileDelayFactor=1");

    private static final String CACHE = "-XX:AOTCache=";
    private static final String JAR = "quarkus-run.jar";

    /**
     * What Maven has built. It has C1 alone, since it is restarted often and serves little; it is trained with all
     * compilers.
     *
     * @param module the folder of the service
     */
    public static Application built(Path module) {
        Path build = module.resolve("target/quarkus-app").toAbsolutePath();
        return new Application(
                command(Program.java(), OPTIONS),
                build.resolve(JAR).toString(),
                Optional.empty(),
                List.of("-XX:TieredStopAtLevel=1"),
                new AotCache(build.resolve("start-" + Runtime.version() + ".aot"))); // Maven empties this folder
    }

    /**
     * What an image contains.
     *
     * @param files the image's root folder
     * @param configuration the image's configuration, as the registry has it
     * @throws IllegalStateException if the image has no JVM
     */
    static Application ofImage(Path files, Path configuration) {
        JsonNode image = read(configuration).path("config");
        List<String> entry =
                image.path("Entrypoint").valueStream().map(JsonNode::asText).toList();
        List<String> options = entry.subList(1, entry.indexOf("-jar"));
        Path folder = files.resolve("." + image.path("WorkingDir").asText()).normalize();
        String cache = options.stream()
                .filter(Application::isCache)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The image in " + files + " has no " + CACHE));
        return new Application(
                command(
                        executable(files, image, entry.getFirst()),
                        options.stream().filter(option -> !isCache(option)).toList()),
                entry.getLast(),
                Optional.of(folder),
                List.of(),
                new AotCache(folder.resolve(cache.substring(CACHE.length()))));
    }

    /** The same, with all compilers and these JVM options. */
    public Application with(List<String> options) {
        return new Application(command(java.getFirst(), options), jar, folder, List.of(), cache);
    }

    /** A command that runs it, with the cache if there is one. */
    List<String> start() {
        List<String> start = new ArrayList<>(light);
        if (cache.exists()) {
            start.addAll(cache.using());
        }
        return command(start);
    }

    /** A command that runs it and records for the cache. */
    List<String> recording() {
        return command(cache.recording());
    }

    /** A command that creates the cache of what was recorded. */
    List<String> creating() {
        return command(cache.creating());
    }

    private List<String> command(List<String> further) {
        return Stream.of(java, further, List.of("-jar", jar))
                .flatMap(List::stream)
                .toList();
    }

    private static boolean isCache(String option) {
        return option.startsWith(CACHE);
    }

    private static List<String> command(String program, List<String> options) {
        List<String> command = new ArrayList<>(options);
        command.addFirst(program);
        return List.copyOf(command);
    }

    private static String executable(Path files, JsonNode image, String program) {
        return image.path("Env")
                .valueStream()
                .map(JsonNode::asText)
                .filter(variable -> variable.startsWith("PATH="))
                .flatMap(path -> Stream.of(path.substring("PATH=".length()).split(":")))
                .map(folder -> files.resolve("." + folder).normalize().resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + program + " on the PATH of " + files))
                .toString();
    }

    private static JsonNode read(Path json) {
        try {
            return new ObjectMapper().readTree(json.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(json + " can't be read", e);
        }
    }
}
