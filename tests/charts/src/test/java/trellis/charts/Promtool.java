package trellis.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Prometheus' own tool, which judges rules and their queries. */
final class Promtool {
    private Promtool() {}

    /** Fails with what it says; aborts the test, and says so, where it is not installed. */
    static void run(String verb, String what, Path file) throws Exception {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(place -> Files.isExecutable(Path.of(place, "promtool")))) {
            System.err.println(
                    "LEFT OUT: promtool did not judge the rules, since it is not on the PATH (Debian's prometheus)");
            abort("promtool is not on the PATH");
        }
        Process process = new ProcessBuilder("promtool", verb, what, file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
