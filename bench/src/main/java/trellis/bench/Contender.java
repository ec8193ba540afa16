package trellis.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import trellis.local.WaitProgress;

/**
 * One of the implementations that serve the same page, and its measurements.
 *
 * @param parts its processes; the last one serves the page
 */
record Contender(String name, List<Part> parts, Map<String, Measurements> figures) {
    static final String FIRST_ANSWER = "first 200, ms";
    static final String CPU_AT_START = "CPU until then, ms";
    static final String RESIDENT_AT_START = "resident after start, MiB";
    static final String RESIDENT = "resident after load, MiB";
    static final String OWN = "of it anonymous, MiB";
    static final String RATE = "requests per second";
    static final String P50 = "p50, ms";
    static final String P99 = "p99, ms";
    static final String CPU = "CPU per request, ms";
    static final String OTHERS = "CPU used by others, %";
    static final String NOT_WHOLE = "incomplete or failed responses, %";

    /** A process that can be started and called. */
    interface Part {
        String name();

        URI page();

        void start();

        void stop();

        ProcessHandle process();
    }

    /** @param part empty for the whole contender */
    Measurements figure(String part, String figure) {
        return figures.computeIfAbsent(part + figure, name -> new Measurements());
    }

    URI page() {
        return parts.getLast().page();
    }

    List<ProcessHandle> processes() {
        return parts.stream().map(Part::process).toList();
    }

    /** Restarts a process and measures the time from its start to its first 200. */
    void measureStart(Part part) throws InterruptedException {
        part.stop();
        long start = System.nanoTime();
        part.start();
        awaitAnswer(part.page(), any -> true);
        figure(part.name(), FIRST_ANSWER).add((System.nanoTime() - start) / 1e6);
        figure(part.name(), CPU_AT_START).add(Machine.cpu(List.of(part.process())));
        figure(part.name(), RESIDENT_AT_START).add(Machine.resident(part.process()));
    }

    /** Applies load for this long, so that the JIT compilers can do their work. */
    void warmUp(int connections, Duration time) throws InterruptedException {
        Load.of(page(), awaitWhole(), connections, time);
    }

    /** Measures the cost of the page with this many connections. */
    void measureLoad(int connections, Duration time) throws InterruptedException {
        byte[] whole = awaitWhole();
        long others = Machine.cpuOfAll() - Machine.cpu(everything());
        long own = Machine.cpu(processes());
        Load load = Load.of(page(), whole, connections, time);
        double capacity = load.took().toMillis() * Runtime.getRuntime().availableProcessors();
        figure("", CPU).add((double) (Machine.cpu(processes()) - own) / load.latencies().length);
        figure("", OTHERS).add(100 * (Machine.cpuOfAll() - Machine.cpu(everything()) - others) / capacity);
        figure("", RATE).add(load.perSecond());
        figure("", NOT_WHOLE).add(100.0 * load.others() / load.latencies().length);
        figure("", P50).add(load.percentile(0.50));
        figure("", P99).add(load.percentile(0.99));
        for (Part part : parts) {
            figure(part.name(), RESIDENT).add(Machine.resident(part.process()));
            figure(part.name(), OWN).add(Machine.own(part.process()));
        }
    }

    /** Returns the page once no part is missing, as may happen while it is cold. */
    private byte[] awaitWhole() throws InterruptedException {
        return awaitAnswer(page(), WrittenPage::isWhole);
    }

    /**
     * Returns the first response with status 200 that is as wanted. Polls every few milliseconds and ignores
     * Retry-After, since the time until the first response is what is measured.
     *
     * @throws IllegalStateException if the request is refused, or a process has ended
     */
    private byte[] awaitAnswer(URI page, Predicate<String> wanted) throws InterruptedException {
        var waiting = WaitProgress.reportedLater(page + " to be served as expected", System.err::println);
        while (true) {
            try (var connection = new Connection(page)) {
                int status = connection.ask();
                String body = new String(connection.body(), StandardCharsets.UTF_8);
                if (status == 200 && wanted.test(body)) {
                    return connection.body();
                }
                if (status >= 400 && status < 500) {
                    throw new IllegalStateException("GET " + page + " is answered " + status + ": " + body);
                }
            } catch (IOException e) {
                // no response yet
            }
            requireAlive();
            waiting.pause(Duration.ofMillis(5));
        }
    }

    private void requireAlive() {
        for (Part part : parts) {
            if (!part.process().isAlive()) {
                throw new IllegalStateException(name + ": the process of " + part.name() + " has ended");
            }
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
