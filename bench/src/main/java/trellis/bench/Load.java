package trellis.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * The result of requesting one page over several connections, each of which sends the next request as soon as it has
 * the response, or at a fixed rate.
 *
 * @param took the total time
 * @param latencies of the single requests in nanoseconds, sorted
 * @param others the number of responses that were not the expected page: errors, or pages with a missing part, which
 *      cost less than complete ones
 */
record Load(Duration took, long[] latencies, int others) {

    private record Answers(long[] latencies, int others) {}

    /** Connects to the page. */
    interface Connect {
        Connection open() throws IOException;
    }

    /** @param body the body that each response should have */
    static Load of(URI page, byte[] body, int connections, Duration time) throws InterruptedException {
        return of(() -> new Connection(page), body, connections, Duration.ZERO, time);
    }

    /**
     * @param body the body that each response should have
     * @param interval between two requests of a connection; what a response that is late delays counts as latency
     */
    static Load of(Connect page, byte[] body, int connections, Duration interval, Duration time)
            throws InterruptedException {
        long start = System.nanoTime();
        try (var executor = Executors.newFixedThreadPool(connections)) {
            List<Future<Answers>> each = new ArrayList<>();
            for (int connection = 0; connection < connections; connection++) {
                each.add(executor.submit(() -> ask(page, body, interval.toNanos(), start + time.toNanos())));
            }
            LongStream all = LongStream.empty();
            int others = 0;
            for (Future<Answers> one : each) {
                all = LongStream.concat(all, Arrays.stream(one.get().latencies()));
                others += one.get().others();
            }
            return new Load(
                    Duration.ofNanos(System.nanoTime() - start), all.sorted().toArray(), others);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load failed", e.getCause());
        }
    }

    double perSecond() {
        return latencies.length / (took.toNanos() / 1e9);
    }

    /** In milliseconds; {@code share} is between 0 and 1. */
    double percentile(double share) {
        return latencies[(int) Math.min(latencies.length - 1, share * latencies.length)] / 1e6;
    }

    private static Answers ask(Connect page, byte[] body, long interval, long end) throws IOException {
        long[] latencies = new long[1024];
        int count = 0;
        int others = 0;
        try (var connection = page.open()) {
            for (long due = System.nanoTime(); due < end; ) {
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                int status = connection.ask();
                others += status == 200 && connection.answered(body) ? 0 : 1;
                long now = System.nanoTime();
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * count);
                }
                latencies[count++] = now - due;
                due = interval == 0 ? now : due + interval;
            }
        }
        return new Answers(Arrays.copyOf(latencies, count), others);
    }
}
