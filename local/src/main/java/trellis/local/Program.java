package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A child process and its descendants. */
final class Program {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final String name;
    private final Process process;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Starts the process in a session of its own, so that Ctrl-C reaches only this process, which then stops its
     * children in order.
     */
    static Program start(String name, ProcessBuilder prepared) {
        List<String> command = new ArrayList<>(prepared.command());
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.addFirst("/usr/bin/setsid");
        }
        try {
            return new Program(name, prepared.command(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be started", e);
        }
    }

    Process process() {
        return process;
    }

    boolean running() {
        return process.isAlive();
    }

    /**
     * Waits until it is ready, for as long as it takes.
     *
     * @param progress receives the time waited so far, at intervals
     * @param saidLast its last lines of output, for the exception
     * @throws IllegalStateException if it ended instead, or this thread is interrupted
     */
    void awaitReady(BooleanSupplier ready, Consumer<String> progress, Supplier<List<String>> saidLast) {
        var waiting = WaitProgress.reportedLater(name + " to be ready", progress);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failed(saidLast);
            }
            try {
                waiting.pause(INTERVAL);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /**
     * Waits until it has ended, for as long as it takes.
     *
     * @param progress receives the time waited so far, at intervals
     * @param saidLast its last lines of output, for the exception
     * @throws IllegalStateException if its exit code is not 0, or this thread is interrupted; then the process is
     *      killed
     */
    void awaitDone(Consumer<String> progress, Supplier<List<String>> saidLast) {
        awaitEnd(progress);
        if (process.exitValue() != 0) {
            throw failed(saidLast);
        }
    }

    /** Sends SIGTERM and returns once it has ended, however long that takes; kills it if this thread is interrupted. */
    void stop(Consumer<String> progress) {
        process.destroy();
        awaitEnd(progress);
    }

    /** Sends SIGTERM, then SIGKILL if it is still running after this time. */
    void stop(Duration atMost) {
        process.destroy();
        if (!ended(atMost)) {
            kill();
        }
    }

    /** Sends SIGKILL to it and its descendants, to simulate a crash. */
    void kill() {
        kill(process.toHandle());
        process.onExit().join();
    }

    /** Sends SIGSTOP: the process hangs, so that connections to it are still accepted and never answered. */
    void freeze() {
        signal("STOP");
    }

    /** Sends SIGCONT, after which a frozen process continues. */
    void thaw() {
        signal("CONT");
    }

    /** Sends SIGKILL to a process and its descendants. */
    static void kill(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 300, TimeUnit.MILLISECONDS) // a container may have no init that reaps them
                .join();
    }

    boolean ended(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("No SIG" + signal + " for " + name + ": kill ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IllegalStateException failed(Supplier<List<String>> saidLast) {
        return new IllegalStateException(
                name + " ended with " + process.exitValue() + ":\n  " + String.join("\n  ", saidLast.get()));
    }

    /** The last lines of a log file, and its path. */
    static List<String> tail(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            List<String> last = new ArrayList<>(all.subList(Math.max(0, all.size() - 12), all.size()));
            last.add("(" + log + ")");
            return last;
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** The java executable that runs this process. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void awaitEnd(Consumer<String> progress) {
        var waiting = WaitProgress.reportedLater(name + " to end", progress);
        try {
            while (process.isAlive()) {
                waiting.pause(INTERVAL);
            }
        } catch (InterruptedException e) {
            kill();
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
