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
import java.util.stream.LongStream;

/**
 * What came of asking for one page over several connections, each asking again as soon as it had the answer.
 *
 * @param took for all of it
 * @param latencies of the single requests in nanoseconds, sorted
 */
record Load(Duration took, long[] latencies) {

    /** @throws IllegalStateException if an answer was anything but 200 */
    static Load of(URI page, int connections, Duration time) throws InterruptedException {
        long start = System.nanoTime();
        try (var executor = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> each = new ArrayList<>();
            for (int connection = 0; connection < connections; connection++) {
                each.add(executor.submit(() -> ask(page, start + time.toNanos())));
            }
            LongStream all = LongStream.empty();
            for (Future<long[]> one : each) {
                all = LongStream.concat(all, Arrays.stream(one.get()));
            }
            return new Load(
                    Duration.ofNanos(System.nanoTime() - start), all.sorted().toArray());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load broke off", e.getCause());
        }
    }

    double perSecond() {
        return latencies.length / (took.toNanos() / 1e9);
    }

    /** In milliseconds: so large a share of the requests took no longer. */
    double percentile(double share) {
        return latencies[(int) Math.min(latencies.length - 1, share * latencies.length)] / 1e6;
    }

    private static long[] ask(URI page, long end) throws IOException {
        long[] latencies = new long[1024];
        int count = 0;
        try (var connection = new Connection(page)) {
            for (long now = System.nanoTime(); now < end; ) {
                int status = connection.ask();
                if (status != 200) {
                    throw new IOException(page + " answers " + status);
                }
                long then = now;
                now = System.nanoTime();
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * count);
                }
                latencies[count++] = now - then;
            }
        }
        return Arrays.copyOf(latencies, count);
    }
}
