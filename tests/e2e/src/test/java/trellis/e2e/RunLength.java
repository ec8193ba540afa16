package trellis.e2e;

import java.time.Duration;
import java.time.Instant;

/** How much to generate: a number, or as many as possible in a given time. */
final class RunLength {
    private final long most;
    private final Instant end;
    private final Instant start = Instant.now();
    private long done;

    private RunLength(long most, Instant end) {
        this.most = most;
        this.end = end;
    }

    /** Read from a system property: a number such as {@code 50000}, or seconds such as {@code 90s}. */
    static RunLength of(String property, String otherwise) {
        String text = System.getProperty(property, otherwise);
        return text.endsWith("s")
                ? new RunLength(Long.MAX_VALUE, Instant.now().plus(Duration.parse("PT" + text)))
                : new RunLength(Long.parseLong(text), Instant.MAX);
    }

    /** Counts one more; false if that is one too many. */
    boolean another() {
        if (done >= most || Instant.now().isAfter(end)) {
            return false;
        }
        done++;
        return true;
    }

    long done() {
        return done;
    }

    @Override
    public String toString() {
        return done + " in " + Duration.between(start, Instant.now()).toSeconds() + " s";
    }
}
