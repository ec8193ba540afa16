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

/** A child process and the children of its own. */
final class Program {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final String name;
    private final Process process;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts what is prepared, in a session of its own: Ctrl-C is then ours to hear, and the stop ours to order. */
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
     * Waits until it is ready, however slow it is.
     *
     * @param progress is told from time to time how long that has been
     * @param saidLast its last lines, to say why it ended
     * @throws IllegalStateException if it ended instead, or this thread is interrupted
     */
    void awaitReady(BooleanSupplier ready, Consumer<String> progress, Supplier<List<String>> saidLast) {
        var waiting = Waiting.asUsual(name + " to be ready", progress);
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
     * Waits until it has done its work, however slow it is.
     *
     * @param progress is told from time to time how long that has been
     * @param saidLast its last lines, to say why it failed
     * @throws IllegalStateException if it ended with something else than 0, or this thread is interrupted; then it is killed
     */
    void awaitDone(Consumer<String> progress, Supplier<List<String>> saidLast) {
        awaitEnd(progress);
        if (process.exitValue() != 0) {
            throw failed(saidLast);
        }
    }

    /** SIGTERM; returns when it is gone, however long that takes, or kills it if this thread is interrupted. */
    void stop(Consumer<String> progress) {
        process.destroy();
        awaitEnd(progress);
    }

    /** SIGTERM, then SIGKILL if it is still there after this long. */
    void stop(Duration atMost) {
        process.destroy();
        if (!ended(atMost)) {
            kill();
        }
    }

    /** SIGKILL, as a crash would, to it and its children. */
    void kill() {
        kill(process.toHandle());
        process.onExit().join();
    }

    /** SIGSTOP: it hangs, so that connections to it are still made and never answered. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT: it goes on where it was frozen, if it was. */
    void thaw() {
        signal("CONT");
    }

    /** SIGKILL to a process and its children. */
    static void kill(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 300, TimeUnit.MILLISECONDS) // nobody may be there to reap them
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

    /** The last lines of a log file, and where it is. */
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

    /** The Java that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void awaitEnd(Consumer<String> progress) {
        var waiting = Waiting.asUsual(name + " to end", progress);
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
