package trellis.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import trellis.local.Landscape;
import trellis.local.Settings;
import trellis.local.Workload;

/** The landscape as {@code make run} starts it, but with free ports, and data and logs of its own. */
final class ProcessLandscape implements LiveLandscape {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATABASE = "-db";
    private static final String BROKER = "kafka";

    private final Map<String, Queue<String>> logs = new ConcurrentHashMap<>();
    private final Spans spans = new Spans();
    private final Path data;
    private final Landscape landscape;

    ProcessLandscape() {
        try {
            data = Files.createTempDirectory("trellis e2e");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        landscape = new Landscape(
                Settings.apart(Command.repository(), data, this::keep).with(spans.environment()));
        Runtime.getRuntime().addShutdownHook(new Thread(landscape::close)); // if the run is interrupted
        try {
            assertTimeoutPreemptively(START, () -> landscape.start(System.out::println));
        } catch (RuntimeException | AssertionError e) {
            close();
            throw new IllegalStateException("The landscape does not start", e);
        }
    }

    @Override
    public URI address() {
        return address("product-composite");
    }

    @Override
    public URI address(String service) {
        return landscape.address(service);
    }

    @Override
    public URI management(String service) {
        return landscape.management(service);
    }

    @Override
    public String bootstrapServers() {
        return landscape.broker().bootstrapServers();
    }

    @Override
    public void kill(String workload) {
        workload(workload).kill();
    }

    @Override
    public void stop(String workload) {
        workload(workload).stop();
    }

    @Override
    public void start(String workload) {
        workload(workload).start();
    }

    private Workload workload(String name) {
        if (name.equals(BROKER)) {
            return landscape.broker();
        }
        return name.endsWith(DATABASE)
                ? landscape.database(name.substring(0, name.length() - DATABASE.length()))
                : landscape.service(name);
    }

    @Override
    public void freeze(String service) {
        landscape.service(service).freeze();
    }

    @Override
    public void thaw(String service) {
        landscape.service(service).thaw();
    }

    @Override
    public void heal() {
        start(BROKER);
        for (String service : SERVICES) {
            if (landscape.database(service) != null) {
                start(service + DATABASE);
            }
            start(service);
        }
        SERVICES.forEach(service -> await(service).atMost(PATIENCE).until(landscape.service(service)::ready));
        await().atMost(PATIENCE).until(new Api(this)::works);
    }

    @Override
    public List<String> log(String service) {
        return List.copyOf(logs.getOrDefault(service, new ConcurrentLinkedQueue<>()));
    }

    @Override
    public void close() {
        landscape.close();
        spans.close();
        writeLogs();
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(data + " can't be deleted", e);
        }
    }

    /** For the analysis of failed tests. */
    private void writeLogs() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "logs"));
            for (var log : logs.entrySet()) {
                Files.write(folder.resolve(log.getKey() + ".log"), log.getValue());
            }
            Files.copy(
                    data.resolve("kafka").resolve("log"),
                    folder.resolve("kafka.log"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spans that the services have sent so far. */
    Spans spans() {
        return spans;
    }

    private void keep(String service, String line) {
        logs.computeIfAbsent(service, name -> new ConcurrentLinkedQueue<>()).add(line);
    }
}
