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
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A service in a process of its own. */
public final class ServiceProcess implements Workload {
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final String name;
    private final Application application;
    private final Path home;
    private final URI health;
    private final Map<String, String> environment;
    private final Consumer<String> output;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private Program program;

    /**
     * @param home its working directory, unless the application has one; it reads
     *     {@code config/application.properties} there if that exists
     * @param management the address of its management port
     * @param environment its environment variables, in addition to those of this process
     * @param output receives each line that it prints
     */
    ServiceProcess(
            String name,
            Application application,
            Path home,
            URI management,
            Map<String, String> environment,
            Consumer<String> output) {
        this.name = name;
        this.application = application;
        this.home = application.folder().orElse(home);
        this.health = management.resolve("/q/health/ready");
        this.environment = environment;
        this.output = output;
    }

    /** Migrates its database's schema. Commits before DATABASE_MIGRATE_AND_EXIT, which the bench starts, know Quarkus' settings. */
    void migrate(Consumer<String> progress) {
        Program migration = launch(
                name + "'s migration",
                application.start(),
                Map.of(
                        "DATABASE_MIGRATE_AND_EXIT", "true",
                        "QUARKUS_FLYWAY_MIGRATE_AT_START", "true",
                        "QUARKUS_INIT_AND_EXIT", "true"),
                output);
        migration.awaitDone(progress, this::recently);
    }

    /** Returns at once; use {@link #awaitReady} to wait. */
    @Override
    public synchronized void start() {
        if (!running()) {
            program = launch(name, application.start(), Map.of(), output);
        }
    }

    /** Whether it has an AOT cache. */
    boolean trained() {
        return application.cache().exists();
    }

    /** Like {@link #start}, but records for the AOT cache until {@link #endTraining}. */
    synchronized void startTraining() {
        program = launch(name, application.recording(), Map.of(), line -> {});
    }

    /** Stops it, and returns once it has written its recording, which a busy machine may take long for. */
    synchronized void endTraining(Consumer<String> progress) {
        program.stop(progress);
    }

    /** Creates the AOT cache of the recording. */
    synchronized void createCache(Consumer<String> progress) {
        Program creation = launch(name + "'s AOT cache", application.creating(), Map.of(), line -> {});
        creation.awaitDone(progress, this::recently);
        application.cache().publish();
    }

    /**
     * Returns once its readiness probe succeeds.
     *
     * @param progress receives a message if that takes long
     */
    void awaitReady(Consumer<String> progress) {
        program.awaitReady(this::ready, progress, this::recently);
    }

    /** Sends SIGTERM; returns once running requests are finished and the process has ended. */
    @Override
    public synchronized void stop() {
        if (running()) {
            program.stop(DRAIN);
        }
    }

    @Override
    public synchronized void kill() {
        if (program != null) {
            program.kill();
        }
    }

    /** Sends SIGSTOP: it accepts connections and never answers, until {@link #thaw}. */
    public synchronized void freeze() {
        program.freeze();
    }

    /** Sends SIGCONT. */
    public synchronized void thaw() {
        program.thaw();
    }

    public boolean running() {
        return program != null && program.running();
    }

    /** Whether its readiness probe succeeds now. */
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

    /** The process of the last start. */
    public ProcessHandle process() {
        return program.process().toHandle();
    }

    private Program launch(String title, List<String> command, Map<String, String> settings, Consumer<String> lines) {
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has no room", e);
        }
        var prepared = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        prepared.environment().putAll(environment);
        prepared.environment().putAll(settings);
        Program launched = Program.start(title, prepared);
        // no virtual thread: each that reads a pipe holds a carrier, and on two cores four services leave none for
        // anyone else
        Thread.ofPlatform().daemon().start(() -> pump(launched.process(), lines));
        return launched;
    }

    private void pump(Process process, Consumer<String> to) {
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                to.accept(line);
            }
        } catch (IOException e) {
            remember("(its output ended: " + e.getMessage() + ")"); // as it does when the process is killed
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
