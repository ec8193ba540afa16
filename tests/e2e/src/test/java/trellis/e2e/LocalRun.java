package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import trellis.local.Port;
import trellis.local.Ports;

/** {@code make run} with the build of a checkout, and data and ports of its own. */
final class LocalRun implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Path log;
    private final Process process;
    private List<ProcessHandle> started = List.of();

    /**
     * @param data the folder for its data; the data of an earlier run is reused
     * @param services additional services that this build does not know
     */
    LocalRun(Path checkout, Path data, String... services) {
        for (Port port : Port.all()) {
            ports.put(port.setting(), Ports.free());
        }
        for (String service : services) {
            for (String listener : List.of("", "_MANAGEMENT", "_DB")) {
                ports.put(service.toUpperCase() + listener + "_PORT", Ports.free());
            }
        }
        log = data.resolveSibling(data.getFileName() + ".log");
        var prepared = new ProcessBuilder("make", "run")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        prepared.environment().put("BUILD", "no");
        prepared.environment().put("DATA_FOLDER", data.toString());
        ports.forEach((setting, port) -> prepared.environment().put(setting, port.toString()));
        try {
            process = prepared.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once it reports that all services are ready. */
    void awaitUp() {
        await("the landscape")
                .atMost(8, MINUTES)
                .until(() -> !process.isAlive() || output().contains("The landscape is up."));
        assertTrue(process.isAlive(), this::output);
        started = process.descendants().toList();
    }

    /** Returns once the next start will be faster; the training gives way to whatever else runs. */
    void awaitTrained() {
        await("the training").atMost(15, MINUTES).until(() -> !process.isAlive() || output().contains("] trained"));
        assertTrue(process.isAlive(), this::output);
    }

    /** The processes that it has started and that are still running. */
    List<ProcessHandle> running() {
        return started.stream().filter(ProcessHandle::isAlive).toList();
    }

    /** Sends SIGTERM and returns once it has ended. */
    void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(1, MINUTES), this::output);
        assertTrue(output().contains("] stopped"), this::output);
    }

    HttpResponse<String> get(String service, String path) throws IOException, InterruptedException {
        return get("_PORT", service, path);
    }

    HttpResponse<String> getFromManagement(String service, String path) throws IOException, InterruptedException {
        return get("_MANAGEMENT_PORT", service, path);
    }

    private HttpResponse<String> get(String listener, String service, String path)
            throws IOException, InterruptedException {
        String setting = service.toUpperCase().replace('-', '_') + listener;
        URI address = URI.create("http://127.0.0.1:" + ports.get(setting) + path);
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), started.stream()).toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        http.close();
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError("It has written nothing", e);
        }
    }
}
