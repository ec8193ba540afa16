package trellis.local.patterns;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waiting for what the cluster does. */
final class Waiting {
    private static final Duration INTERVAL = Duration.ofMillis(500); // each look may be a process

    private Waiting() {}

    /**
     * How long it took until the condition held, or nothing if it did not in this time.
     *
     * @throws IllegalStateException if the condition has thrown one the last time: an API server may be away for a moment
     */
    static Optional<Duration> upTo(Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (true) {
            boolean over = System.nanoTime() - start > atMost.toNanos();
            try {
                if (condition.getAsBoolean()) {
                    return Optional.of(Duration.ofNanos(System.nanoTime() - start));
                }
            } catch (IllegalStateException e) {
                if (over || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            if (over) {
                return Optional.empty();
            }
            pause(INTERVAL);
        }
    }

    /** @throws IllegalStateException if the condition does not hold in this time */
    static Duration until(String what, Duration atMost, BooleanSupplier condition) {
        return upTo(atMost, condition)
                .orElseThrow(() -> new IllegalStateException("not seen within " + seconds(atMost) + ": " + what));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** As a person would say it. */
    static String seconds(Duration time) {
        return time.toMillis() < 1000
                ? time.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
