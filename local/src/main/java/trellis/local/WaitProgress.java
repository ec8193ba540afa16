package trellis.local;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits for something that may be slow, for as long as it takes, and reports at intervals what is being waited for
 * and for how long.
 */
public final class WaitProgress {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String what;
    private final Consumer<String> progress;
    private final long start = System.nanoTime();
    private Duration next;

    private WaitProgress(String what, Consumer<String> progress, Duration first) {
        this.what = what;
        this.progress = progress;
        next = first;
    }

    /** For what is usually there at once: reports from the first pause on. */
    public static WaitProgress reportedAtOnce(String what, Consumer<String> progress) {
        return new WaitProgress(what, progress, Duration.ZERO);
    }

    /** For what usually takes some seconds: reports only after that. */
    public static WaitProgress reportedLater(String what, Consumer<String> progress) {
        return new WaitProgress(what, progress, INTERVAL);
    }

    /** Sleeps for this long before the next attempt. */
    public void pause(Duration time) throws InterruptedException {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.compareTo(next) >= 0) {
            progress.accept("waiting for " + what + ", " + waited.toSeconds() + " s so far");
            next = waited.plus(INTERVAL);
        }
        Thread.sleep(time);
    }
}
