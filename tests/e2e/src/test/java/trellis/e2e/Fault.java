package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A fault under load, from its beginning until all of it has resolved. What was seen of it, and when, is written to the table. */
final class Fault implements AutoCloseable {
    /** With a tenth of the rules' windows. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Long enough for the alerts of its consequences. */
    private static final Duration SHORTEST = Duration.ofSeconds(90);

    private final Load load;
    private final Runnable end;
    private final Supplier<List<Alert>> firing;
    private final Supplier<List<Alert>> notified;
    private final FaultTable table;
    private final Map<String, Duration> suppressed = new TreeMap<>();
    private final int notifiedBefore;
    private long since;
    private boolean ended;

    /**
     * Begins it.
     *
     * @param end takes the fault back
     * @param firing the alerts of what the fault is in
     * @param notified those of them that somebody was told of so far
     */
    Fault(
            String name,
            Load load,
            Runnable begin,
            Runnable end,
            Supplier<List<Alert>> firing,
            Supplier<List<Alert>> notified) {
        this.load = load;
        this.end = end;
        this.firing = firing;
        this.notified = notified;
        table = new FaultTable(FaultTable.FILE, name);
        notifiedBefore = notified.get().size();
        since = System.nanoTime();
        begin.run();
    }

    /** Returns once each was seen, and the fault has lasted for a while. */
    void awaitSigns(Sign... signs) {
        awaitAll(List.of(signs), SHORTEST);
        table.add(Sign.Column.ANSWER, "of all: " + load.summary());
    }

    /** Takes the fault back, and returns once each was seen and there is no page left. */
    void awaitResolved(Sign... signs) {
        since = System.nanoTime();
        ended = true;
        end.run();
        List<Sign> all = new ArrayList<>(List.of(signs));
        all.add(new Sign(Sign.Column.RESOLVED, "no page", this::noPage));
        awaitAll(all, Duration.ZERO);
    }

    /** Fails unless somebody was told of this alert, and of no other that is to wake people. */
    void requireOnlyPage(String name) {
        List<Alert> told = told();
        assertTrue(told.stream().anyMatch(alert -> alert.name().equals(name)), () -> "Nobody was told: " + told);
        assertEquals(
                Set.of(),
                told.stream()
                        .filter(alert -> alert.isPage() && !alert.name().equals(name))
                        .map(Alert::toString)
                        .collect(Collectors.toSet()),
                "One cause is one page");
    }

    /** Fails if somebody was woken, or nobody was told of this alert. */
    void requireOnlyTicket(String name) {
        requireOnlyPage(name);
        assertTrue(told().stream().noneMatch(Alert::isPage), () -> "Somebody was woken: " + told());
    }

    @Override
    public void close() {
        if (!ended) {
            end.run();
        }
        load.close();
        suppressed.forEach(
                (name, when) -> table.add(Sign.Column.SUPPRESSED, "%s (%d s)".formatted(name, when.toSeconds())));
        new TreeSet<>(told().stream()
                        .map(alert -> alert.label("severity") + " " + alert.name())
                        .toList())
                .forEach(what -> table.add(Sign.Column.NOTIFIED, what));
        table.write();
    }

    private void awaitAll(List<Sign> signs, Duration atLeast) {
        List<Sign> missing = new ArrayList<>(signs);
        await().atMost(PATIENCE).pollInterval(1, SECONDS).untilAsserted(() -> {
            missing.removeIf(this::isSeen);
            watchSuppressed();
            assertEquals(List.of(), missing.stream().map(Sign::name).toList(), "These are not seen");
            assertTrue(elapsed().compareTo(atLeast) >= 0, "It has lasted too short");
        });
    }

    private boolean isSeen(Sign sign) {
        Optional<String> seen = sign.seen();
        seen.ifPresent(what ->
                table.add(sign.column(), "%s (%d s)".formatted(what, elapsed().toSeconds())));
        return seen.isPresent();
    }

    private Optional<String> noPage() {
        return firing.get().stream().anyMatch(Alert::isPage) ? Optional.empty() : Optional.of("no page");
    }

    private void watchSuppressed() {
        if (!ended) {
            firing.get().stream()
                    .filter(Alert::suppressed)
                    .forEach(alert -> suppressed.putIfAbsent(alert.name(), elapsed()));
        }
    }

    private List<Alert> told() {
        return notified.get().stream().skip(notifiedBefore).toList();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
