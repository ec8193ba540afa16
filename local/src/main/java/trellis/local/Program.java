package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A child process and the children of its own. */
final class Program {
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
     * Waits until it is ready.
     *
     * @param saidLast its last lines, to say why not if it isn't
     * @throws IllegalStateException if it ended instead, or took longer than this
     */
    void await(BooleanSupplier ready, Duration atMost, Supplier<List<String>> saidLast) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with " + process.exitValue() + said(saidLast));
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        name + " isn't ready after " + atMost.toSeconds() + " s" + said(saidLast));
            }
            pause();
        }
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

    /** SIGKILL to a process and its children. */
    static void kill(ProcessHandle process) {
        List<ProcessHandle> all =
                Stream.concat(process.descendants(), Stream.of(process)).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos(); // nobody may be there to reap them
        while (System.nanoTime() < end && all.stream().anyMatch(ProcessHandle::isAlive)) {
            pause();
        }
    }

    boolean ended(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String said(Supplier<List<String>> lines) {
        return ":\n  " + String.join("\n  ", lines.get());
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

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
