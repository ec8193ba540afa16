package trellis.local.config;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program on this machine, such as kubectl. */
final class Command {
    private Command() {}

    /**
     * Its standard output. Its standard error goes to that of this process.
     *
     * @throws IllegalStateException if it cannot be run or its exit code is not 0
     */
    static String output(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectError(Redirect.INHERIT).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", words) + " ended with " + status);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(words.getFirst() + " can't be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
