package trellis.local;

import java.time.Duration;
import java.util.function.Consumer;

/** Somebody who waits for what may be slow, for as long as it takes, and says from time to time for what and how long by now. */
public final class Waiting {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String what;
    private final Consumer<String> progress;
    private final long start = System.nanoTime();
    private Duration next;

    private Waiting(String what, Consumer<String> progress, Duration first) {
        this.what = what;
        this.progress = progress;
        next = first;
    }

    /** For what usually comes at once: says so with the first pause. */
    public static Waiting unexpectedly(String what, Consumer<String> progress) {
        return new Waiting(what, progress, Duration.ZERO);
    }

    /** For what usually takes some seconds: says nothing for that long. */
    public static Waiting asUsual(String what, Consumer<String> progress) {
        return new Waiting(what, progress, INTERVAL);
    }

    /** Returns after so long, when it is time to look again. */
    public void pause(Duration time) throws InterruptedException {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.compareTo(next) >= 0) {
            progress.accept("waiting for " + what + ", " + waited.toSeconds() + " s by now");
            next = waited.plus(INTERVAL);
        }
        Thread.sleep(time);
    }
}
