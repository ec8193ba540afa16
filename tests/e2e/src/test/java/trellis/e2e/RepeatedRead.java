package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sends the same read repeatedly until it is closed, and keeps every response. */
final class RepeatedRead implements AutoCloseable {
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Queue<Response> responses = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    RepeatedRead(Supplier<Response> question) {
        thread = Thread.startVirtualThread(() -> {
            while (!closed) {
                try {
                    responses.add(question.get());
                } catch (RuntimeException e) {
                    unanswered.add(e.toString());
                }
            }
        });
    }

    /** Returns once so many more responses have arrived. */
    void awaitMore(int count) {
        int enough = responses.size() + count;
        await().atMost(60, SECONDS).until(() -> responses.size() >= enough);
    }

    /** Fails if any other response arrived, or none at all. */
    void requireOnly(Predicate<Response> expected) {
        assertEquals(List.of(), List.copyOf(unanswered), "Every request should be answered");
        assertEquals(
                List.of(),
                responses.stream().filter(expected.negate()).distinct().toList(),
                "No other response was expected");
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
