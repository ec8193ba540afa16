package trellis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A program on this machine. */
final class Tool {
    private Tool() {}

    /** Returns what it prints; its errors appear among this program's. */
    static String run(String... words) throws InterruptedException {
        return run(Map.of(), words);
    }

    /**
     * @param variables of the environment, in addition
     * @throws IllegalStateException if it fails
     */
    static String run(Map<String, String> variables, String... words) throws InterruptedException {
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + " failed");
            }
            return printed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
