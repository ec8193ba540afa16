package trellis.local.patterns;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waiting for what the cluster does. */
final class Waiting {
    private static final Duration INTERVAL = Duration.ofMillis(500); // each look may be a process

    private Waiting() {}

    /** How long it took until the condition held, or nothing if it did not in this time. */
    static Optional<Duration> upTo(Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return Optional.empty();
            }
            pause(INTERVAL);
        }
        return Optional.of(Duration.ofNanos(System.nanoTime() - start));
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
