package trellis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** The data folder of one landscape: locks it, and ends processes that a killed run has left behind. */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private FileChannel lock;

    DataFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws IllegalStateException if another landscape uses the folder */
    void open() {
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new IllegalStateException(
                        "Another landscape is already using the data in " + folder + ". Stop it first.");
            }
            endWhatIsLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be used", e);
        }
    }

    /** Registers a process that uses the folder. */
    synchronized void remember(ProcessHandle process) {
        try {
            Files.writeString(
                    processes(), identity(process) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (lock != null && lock.isOpen()) {
                Files.deleteIfExists(processes());
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endWhatIsLeft() throws IOException {
        List<String> left = Files.exists(processes()) ? Files.readAllLines(processes()) : List.of();
        for (String line : left) {
            ProcessHandle.of(Long.parseLong(line.replaceFirst(" .*", "")))
                    .filter(process -> identity(process).equals(line))
                    .ifPresent(Program::kill);
        }
        Files.deleteIfExists(processes());
    }

    /** The PID alone might by now belong to another process, and the folder might be a copy. */
    private String identity(ProcessHandle process) {
        return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH) + " " + folder;
    }

    private Path processes() {
        return folder.resolve("processes");
    }
}
