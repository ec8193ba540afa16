package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trellis.local.Port;
import trellis.local.Settings;

/** {@code make run} itself, with what this build has built, and data and ports of its own. */
@Tag("processes")
@Timeout(value = 10, unit = MINUTES)
class RunTest {
    /** Four services, three databases and a broker. */
    private static final int PROCESSES = 8;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Map<Port, Integer> ports;
    private Process run;
    private List<ProcessHandle> started = List.of();

    @BeforeEach
    void start() throws IOException {
        ports = Settings.apart(Command.repository(), folder, (service, line) -> {})
                .ports();
        var prepared = new ProcessBuilder("make", "run")
                .directory(Command.repository().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        prepared.environment().put("BUILD", "no");
        prepared.environment().put("DATA_FOLDER", folder.resolve("data").toString());
        ports.forEach((port, number) -> prepared.environment().put(port.setting(), number.toString()));
        run = prepared.start();
    }

    @AfterEach
    void leaveNothing() {
        Stream.concat(run.descendants(), started.stream()).toList().forEach(ProcessHandle::destroyForcibly);
        run.destroyForcibly();
    }

    @Test
    void servesTheExampleProductsAndLeavesNoProcessWhenStopped() throws Exception {
        await("the landscape")
                .atMost(8, MINUTES)
                .until(() -> !run.isAlive() || said().contains("The landscape is up."));
        assertTrue(run.isAlive(), this::said);

        await("a complete page").atMost(1, MINUTES).until(this::isPageWhole);
        started = run.descendants().toList();
        assertTrue(started.size() > PROCESSES, () -> "It runs all of them: " + started);

        run.destroy();
        assertTrue(run.waitFor(1, MINUTES), this::said);
        assertTrue(said().contains("] stopped"), this::said);
        assertEquals(List.of(), started.stream().filter(ProcessHandle::isAlive).toList());
    }

    private boolean isPageWhole() throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + ports.get(Port.PRODUCT_COMPOSITE) + "/v1/product-composites/1");
        HttpResponse<String> response = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
        return response.statusCode() == 200
                && !new ObjectMapper().readTree(response.body()).path("reviews").isEmpty();
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new AssertionError("It has written nothing", e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }
}
