package trellis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What Linux reports about processes and itself; proc(5). */
final class Machine {
    private static final int MILLISECONDS_PER_TICK = 10;
    private static final int KIB_PER_MIB = 1024;

    private Machine() {}

    /** The CPU time that these processes have used so far, user and system, in milliseconds. */
    static long cpu(List<ProcessHandle> processes) {
        return processes.stream().mapToLong(Machine::cpu).sum();
    }

    /** The CPU time that all processes have used so far, in milliseconds. */
    static long cpuOfAll() {
        String[] fields = read(Path.of("/proc/stat")).getFirst().split(" +");
        return MILLISECONDS_PER_TICK
                * (Arrays.stream(fields)
                                .skip(1)
                                .limit(8)
                                .mapToLong(Long::parseLong)
                                .sum()
                        - Long.parseLong(fields[4]) // idle
                        - Long.parseLong(fields[5])); // waiting for a disk
    }

    /** The resident set size, in MiB. */
    static double resident(ProcessHandle process) {
        return status(process, "VmRSS:") / KIB_PER_MIB;
    }

    /** The part of the resident set that is not backed by a file, in MiB. */
    static double own(ProcessHandle process) {
        return status(process, "RssAnon:") / KIB_PER_MIB;
    }

    /** The number of its threads, including those of the JVM. */
    static double threads(ProcessHandle process) {
        return status(process, "Threads:");
    }

    /** The load average of the last minute. */
    static String load() {
        return read(Path.of("/proc/loadavg")).getFirst().split(" ")[0];
    }

    static String description() {
        String model = read(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.replaceFirst(".*: *", ""))
                .orElse(System.getProperty("os.arch"));
        return "%d cores of %s, JDK %s".formatted(Runtime.getRuntime().availableProcessors(), model, Runtime.version());
    }

    private static long cpu(ProcessHandle process) {
        String stat = read(folder(process).resolve("stat")).getFirst();
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return MILLISECONDS_PER_TICK * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }

    private static double status(ProcessHandle process, String name) {
        return read(folder(process).resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Path folder(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("make bench reads Linux' /proc", e);
        }
    }
}
