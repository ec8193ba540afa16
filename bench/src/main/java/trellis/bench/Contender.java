package trellis.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of the two that serve the same page, and what was measured of it.
 *
 * @param parts its processes, the one that serves the page last
 */
record Contender(String name, List<Part> parts, Map<String, Series> figures) {
    static final String FIRST_ANSWER = "first 200, ms";
    static final String RESIDENT_AT_START = "resident after start, MiB";
    static final String RESIDENT = "resident after load, MiB";
    static final String OWN = "of it its own, MiB";
    static final String RATE = "requests per second";
    static final String P50 = "p50, ms";
    static final String P99 = "p99, ms";
    static final String CPU = "CPU per request, ms";
    static final String OTHERS = "CPU used by others, %";

    /** A process that can be started and asked. */
    interface Part {
        String name();

        URI page();

        void start();

        void stop();

        ProcessHandle process();
    }

    /** What was measured under this name, of one part or, where that is empty, of the whole. */
    Series figure(String part, String figure) {
        return figures.computeIfAbsent(part + figure, name -> new Series());
    }

    URI page() {
        return parts.getLast().page();
    }

    List<ProcessHandle> processes() {
        return parts.stream().map(Part::process).toList();
    }

    /** Starts it anew and measures the time from the start of its process to its first 200. */
    void measureStart(Part part) throws InterruptedException {
        part.stop();
        long start = System.nanoTime();
        part.start();
        awaitAnswer(part);
        figure(part.name(), FIRST_ANSWER).add((System.nanoTime() - start) / 1e6);
        figure(part.name(), RESIDENT_AT_START).add(Machine.resident(part.process()));
    }

    /** Measures what the page costs under so many connections. */
    void measureLoad(int connections, Duration time) throws InterruptedException {
        long others = Machine.cpuOfAll() - Machine.cpu(everything());
        long own = Machine.cpu(processes());
        Load load = Load.of(page(), connections, time);
        double capacity = load.took().toMillis() * Runtime.getRuntime().availableProcessors();
        figure("", CPU).add((double) (Machine.cpu(processes()) - own) / load.latencies().length);
        figure("", OTHERS).add(100 * (Machine.cpuOfAll() - Machine.cpu(everything()) - others) / capacity);
        figure("", RATE).add(load.perSecond());
        figure("", P50).add(load.percentile(0.50));
        figure("", P99).add(load.percentile(0.99));
        for (Part part : parts) {
            figure(part.name(), RESIDENT).add(Machine.resident(part.process()));
            figure(part.name(), OWN).add(Machine.own(part.process()));
        }
    }

    /** Returns when the part answers with 200. */
    static void awaitAnswer(Part part) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!answers(part.page())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(part.name() + " doesn't answer " + part.page());
            }
            Thread.sleep(5);
        }
    }

    private static boolean answers(URI page) {
        try (var connection = new Connection(page)) {
            return connection.ask() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** This process and all that it has started: contenders, databases and broker. */
    private static List<ProcessHandle> everything() {
        List<ProcessHandle> all = new ArrayList<>();
        Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .forEach(all::add);
        return all;
    }
}
