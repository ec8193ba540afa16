package trellis.e2e;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something to be seen of a fault, or of its end.
 *
 * @param column where {@link FaultTable} shows it
 * @param name for the message if it is not seen
 * @param look what is seen now, in a few words; empty if nothing is
 */
record Sign(Column column, String name, Supplier<Optional<String>> look) {
    /** Who sees it. */
    enum Column {
        ANSWER("User's answer"),
        METRIC("Metric"),
        TRACE("Trace"),
        LOG("Log line"),
        ALERT("Alert"),
        NOTIFIED("Notified"),
        SUPPRESSED("Suppressed"),
        RESOLVED("After its end");

        private final String title;

        Column(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** The same as something to be seen when the fault has been taken back. */
    Sign afterwards() {
        return new Sign(Column.RESOLVED, name, look);
    }

    /** Empty also while the question is not answered. */
    Optional<String> seen() {
        try {
            return look.get();
        } catch (RuntimeException | AssertionError notYet) {
            return Optional.empty();
        }
    }
}
