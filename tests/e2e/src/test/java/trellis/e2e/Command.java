package trellis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program of this machine, run from the top of the repository until it ends. */
record Command(List<String> words) {
    /** It ended with something else than 0. */
    static final class Failed extends RuntimeException {
        Failed(Command command, String said) {
            super(String.join(" ", command.words) + "\n" + said);
        }
    }

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** What it wrote, errors included. */
    String run() {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(repository().toFile())
                    .redirectErrorStream(true)
                    .start();
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
