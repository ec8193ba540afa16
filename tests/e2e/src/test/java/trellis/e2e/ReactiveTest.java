package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import trellis.local.cluster.Metrics;

@ExtendWith(LandscapeResolver.class)
class ReactiveTest {
    private static final String COMPOSITE = "product-composite";
    private static final String HANGING = "review";
    private static final int CALLS = 500;

    /** Worker threads answer those who read metrics or ask for health. */
    private static final int FEW = 10;

    /**
     * The least number of calls that hang at once: a thread for each would be three times as many as may be started. A slow
     * machine reaches no more, since the circuit breaker opens before the last calls arrive.
     */
    private static final int ENOUGH = 3 * FEW;

    private final LiveLandscape landscape;
    private final Api api;

    ReactiveTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void fiveHundredCallsToANeighbourThatHangsTakeNoThreadsAndKeepNoOtherReadWaiting() throws Exception {
        long productId = api.newPage();
        warmUp(productId);
        Metrics before = metrics();
        int logged = landscape.log(COMPOSITE).size();

        landscape.freeze(HANGING);
        try (var others = new RepeatedRead(() -> api.pages(0, 5))) { // of all services but the one that hangs
            List<Response> answers = pages(productId, CALLS);
            others.awaitMore(20);
            Metrics after = metrics();

            assertEquals(
                    List.of(),
                    answers.stream().filter(page -> !lacksReviews(page)).toList());
            double hung = timeouts(after) - timeouts(before);
            double started = peakOfThreads(after) - peakOfThreads(before);
            System.out.printf(
                    "    %.0f of %d calls hung at once, %.0f threads at most, %.0f before%n",
                    hung, CALLS, peakOfThreads(after), peakOfThreads(before));
            assertTrue(hung >= ENOUGH, () -> "Only " + hung + " calls hung");
            assertTrue(started <= FEW, () -> started + " threads were started");
            assertEquals(List.of(), blockedThreads(logged));
            // a machine that is slow with 500 pages is slow with the product's part of them, too
            others.requireOnly(answer -> answer.status() == 200 || answer.status() == 503);
            await().atMost(30, SECONDS).until(() -> api.pages(0, 5).status() == 200);
        } finally {
            landscape.thaw(HANGING);
        }
        await().atMost(60, SECONDS).until(() -> api.isWhole(productId));
    }

    /** Creates the connections and threads that reading needs; returns once every circuit breaker is closed. */
    private void warmUp(long productId) throws Exception {
        for (int calls = 0; calls < CALLS; calls += 20) {
            pages(productId, 20);
        }
        await().atMost(60, SECONDS)
                .until(() -> api.isWhole(productId) && api.pages(0, 5).status() == 200 && everyBreakerIsClosed());
    }

    /** Requests the page so many times at once. */
    private List<Response> pages(long productId, int count) throws InterruptedException, ExecutionException {
        Callable<Response> question = () -> api.page(productId);
        List<Response> answers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Response> answer : executor.invokeAll(Collections.nCopies(count, question))) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private boolean everyBreakerIsClosed() {
        Metrics now = metrics();
        return now.greatest("ft_circuitbreaker_state_current", "state=\"open\"") == 0
                && now.greatest("ft_circuitbreaker_state_current", "state=\"halfOpen\"") == 0;
    }

    private static boolean lacksReviews(Response page) {
        return page.status() == 200 && page.missing().contains("reviews");
    }

    /**
     * The number of calls to the frozen neighbour that timed out. All of one burst hung at the same time: they began before
     * the circuit breaker opened, which it did when the first timed out.
     */
    private static double timeouts(Metrics metrics) {
        return metrics.greatest("ft_timeout_calls_total", "Neighbours.reviews", "timedOut=\"true\"");
    }

    /** The peak that the JVM itself records, so that none is missed between two samples. */
    private static double peakOfThreads(Metrics metrics) {
        return metrics.greatest("jvm_threads_peak_threads");
    }

    private Metrics metrics() {
        return api.metrics(landscape.management(COMPOSITE));
    }

    /** The lines of Vert.x' check for blocked threads. */
    private List<String> blockedThreads(int logged) {
        return landscape.log(COMPOSITE).stream()
                .skip(logged)
                .filter(line -> line.contains("has been blocked"))
                .toList();
    }
}
