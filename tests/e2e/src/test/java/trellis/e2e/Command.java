package trellis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program on this machine until it ends, in a folder and with additional environment variables. */
record Command(List<String> words, Path folder, Map<String, String> variables) {
    /** The exit code was not 0. */
    static final class Failed extends RuntimeException {
        Failed(Command command, String said) {
            super(String.join(" ", command.words) + "\n" + said);
        }
    }

    /** Runs in the root folder of the repository. */
    static Command of(String... words) {
        return new Command(List.of(words), repository(), Map.of());
    }

    Command in(Path otherFolder, Map<String, String> withVariables) {
        return new Command(words, otherFolder, withVariables);
    }

    /** Returns its output, standard error included. */
    String run() {
        try {
            var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(variables);
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new Failed(this, said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("services"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
