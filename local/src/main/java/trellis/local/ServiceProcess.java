package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A service as {@code mvn package} built it, in a process of its own. */
public final class ServiceProcess implements AutoCloseable {
    /** How every service is run, here and in its image. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED");

    private static final String JAR = "target/quarkus-app/quarkus-run.jar";
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final String name;
    private final Path folder;
    private final Path home;
    private final URI health;
    private final Map<String, String> environment;
    private final Consumer<String> output;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private Program program;

    /**
     * @param folder where the service's module is
     * @param home where it runs; a {@code config/application.properties} there is read by it
     * @param management the address of its management port
     * @param environment its settings, besides the ones of this process
     * @param output takes each line that it prints
     */
    ServiceProcess(
            String name,
            Path folder,
            Path home,
            URI management,
            Map<String, String> environment,
            Consumer<String> output) {
        this.name = name;
        this.folder = folder;
        this.home = home;
        this.health = management.resolve("/q/health/ready");
        this.environment = environment;
        this.output = output;
    }

    /** Brings its database's schema up to date. */
    void migrate() {
        Program migration = launch(Map.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "true", "QUARKUS_INIT_AND_EXIT", "true"));
        migration.await(
                () -> !migration.running() && migration.process().exitValue() == 0,
                Duration.ofSeconds(60),
                this::recently);
    }

    /** Returns at once; {@link #awaitReady} says when it serves. */
    public synchronized void start() {
        if (!running()) {
            program = launch(Map.of());
        }
    }

    /** Returns when it says that it is ready. */
    public void awaitReady(Duration atMost) {
        program.await(this::ready, atMost, this::recently);
    }

    /** SIGTERM; returns when what was running is finished and the process gone. */
    public synchronized void stop() {
        if (running()) {
            program.stop(DRAIN);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** SIGKILL. */
    public synchronized void kill() {
        if (program != null) {
            program.kill();
        }
    }

    public boolean running() {
        return program != null && program.running();
    }

    /** Whether it says so now. */
    public boolean ready() {
        try {
            var request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    ProcessHandle process() {
        return program.process().toHandle();
    }

    private Program launch(Map<String, String> more) {
        List<String> command = new ArrayList<>(FLAGS);
        command.addFirst(Program.java());
        command.addAll(List.of("-jar", folder.resolve(JAR).toAbsolutePath().toString()));
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has no room", e);
        }
        var prepared = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        prepared.environment().putAll(environment);
        prepared.environment().putAll(more);
        Program launched = Program.start(name, prepared);
        Thread.ofVirtual().start(() -> pump(launched.process()));
        return launched;
    }

    private void pump(Process process) {
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                output.accept(line);
            }
        } catch (IOException e) {
            remember("(its output broke off: " + e.getMessage() + ")"); // as it does when the process is killed
        }
    }

    private void remember(String line) {
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > 20) {
                lastLines.removeFirst();
            }
        }
    }

    private List<String> recently() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }
}
