package trellis.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program {@code kubectl}, for the objects in one namespace of the current context's cluster. */
public record Kubectl(String namespace) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** In the namespace that the variable names, or else that of the current context. */
    public static Kubectl fromEnvironment(String variable) {
        String given = System.getenv(variable);
        if (given != null && !given.isBlank()) {
            return new Kubectl(given);
        }
        String current = new Kubectl("default").run("config", "view", "--minify", "--output", "jsonpath={..namespace}");
        return new Kubectl(current.isBlank() ? "default" : current);
    }

    /**
     * Returns its standard output.
     *
     * @throws IllegalStateException if its exit code is not 0, with what it said
     */
    public String run(String... arguments) {
        return run("", List.of(arguments));
    }

    /** Creates an object, or gives it this content. */
    public void apply(JsonNode object) {
        run(object.toString(), List.of("apply", "--server-side", "--field-manager=trellis-patterns", "--filename=-"));
    }

    /** Like {@link #run}, of a command that prints JSON. */
    public JsonNode json(String... arguments) {
        return json(run(arguments));
    }

    /** Empty if there is no such object, or the cluster does not know its kind. */
    public Optional<JsonNode> find(String kind, String name) {
        return Optional.of(kinds("get", kind, name, "--ignore-not-found", "--output=json"))
                .filter(found -> !found.isBlank())
                .map(Kubectl::json);
    }

    /**
     * Empty if the cluster does not know the kind.
     *
     * @param selector of labels; empty for all objects of the kind
     */
    public List<JsonNode> list(String kind, String selector) {
        String found = kinds("get", kind, "--selector=" + selector, "--output=json");
        return found.isBlank()
                ? List.of()
                : json(found).path("items").valueStream().toList();
    }

    /**
     * Prepares it in a session of its own, so that Ctrl-C reaches only this process, which then ends it in order.
     *
     * @throws IllegalStateException if there is no kubectl
     */
    public ProcessBuilder prepare(List<String> arguments) {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")))) {
            throw new IllegalStateException("There is no kubectl on the PATH, and it is needed");
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of("kubectl", "--namespace", namespace));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private String kinds(String... arguments) {
        try {
            return run(arguments);
        } catch (IllegalStateException e) {
            if (Objects.requireNonNullElse(e.getMessage(), "").contains("doesn't have a resource type")) {
                return "";
            }
            throw e;
        }
    }

    private String run(String input, List<String> arguments) {
        try {
            Path said = Files.createTempFile("kubectl", ".err");
            try {
                Process process =
                        prepare(arguments).redirectError(said.toFile()).start();
                try (var standardInput = process.outputWriter()) {
                    standardInput.write(input);
                }
                String output = new String(process.getInputStream().readAllBytes());
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(why(Files.readString(said)));
                }
                return output;
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new IllegalStateException("kubectl can't be started, and is needed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Without the lines of its own log. */
    static String why(String said) {
        return said.lines().filter(line -> !line.matches("[EWI]\\d{4} .*")).collect(Collectors.joining(" "));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kubectl answered with what is no JSON", e);
        }
    }
}
