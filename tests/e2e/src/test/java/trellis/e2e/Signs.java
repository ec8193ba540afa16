package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks for a fault where users and operators would: in the answers, the metrics, the traces, the logs, and the alerts. */
final class Signs {
    /** How many answers are followed to their traces and lines: those of the first may not have been affected yet everywhere. */
    private static final int FOLLOWED = 20;

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    /** After the beginning: services and sidecars send their spans every few seconds. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Signals signals;
    private final String namespace;
    private final Supplier<Response> question;
    private final Predicate<Response> affected;
    private final Instant began = Instant.now();
    private final Deque<String> traces = new ArrayDeque<>();
    private long asked;

    /**
     * @param namespace of what the fault is in
     * @param question what a user asks
     * @param affected whether an answer shows the fault
     */
    Signs(Signals signals, String namespace, Supplier<Response> question, Predicate<Response> affected) {
        this.signals = signals;
        this.namespace = namespace;
        this.question = question;
        this.affected = affected;
    }

    /** Follows this trace, too. */
    Signs following(String trace) {
        traces.add(trace);
        return this;
    }

    /** An answer that shows the fault. */
    Sign answer(String description) {
        return new Sign(Sign.Column.ANSWER, "answer " + description, () -> {
            ask();
            return traces.isEmpty() ? Optional.empty() : Optional.of(description);
        });
    }

    /** Another answer than that to the question. */
    static Sign answer(String description, Supplier<Response> other, Predicate<Response> expected) {
        return new Sign(
                Sign.Column.ANSWER,
                "answer " + description,
                () -> expected.test(other.get()) ? Optional.of(description) : Optional.empty());
    }

    /** A series that is found; in its selectors the namespace is added. */
    Sign metric(String query) {
        return new Sign(
                Sign.Column.METRIC, "metric " + query, () -> found(query).map(culprit -> code(query) + culprit));
    }

    /** A span in the trace of an answer that shows the fault. */
    Sign trace(String description, Predicate<Span> condition) {
        return new Sign(Sign.Column.TRACE, "trace with " + description, () -> {
            ask();
            return traces.stream()
                    .filter(id -> signals.traces().of(id).spans().stream().anyMatch(condition))
                    .findFirst()
                    .map(id -> description);
        });
    }

    /** Nothing of an answer that is older than any span would be late. */
    Sign noTrace() {
        return new Sign(Sign.Column.TRACE, "no trace", () -> {
            ask();
            return Instant.now().isAfter(began.plus(LATE))
                            && signals.traces().of(traces.getLast()).spans().isEmpty()
                    ? Optional.of("none of a request")
                    : Optional.empty();
        });
    }

    /** A line of a service about an answer that shows the fault. */
    Sign line(String service, String text) {
        return new Sign(Sign.Column.LOG, "line of " + service + " with " + text, () -> {
            ask();
            return first(traces.stream().flatMap(id -> signals.logs().ofTrace(id).stream()), service, text);
        });
    }

    /** A line of a service since the fault began, whatever it is about. */
    Sign anyLine(String service, String text) {
        return new Sign(
                Sign.Column.LOG, "line of " + service + " with " + text, () -> first(linesOf(service), service, text));
    }

    /** A span in the trace of such a line: of what users did not notice. */
    Sign traceOfAnyLine(String service, String text, String description, Predicate<Span> condition) {
        return new Sign(Sign.Column.TRACE, "trace with " + description, () -> linesOf(service)
                .filter(record -> record.path(Logs.MESSAGE).asText().contains(text))
                .map(record -> record.path(Logs.TRACE).asText())
                .filter(id -> !id.isEmpty())
                .distinct()
                .limit(FOLLOWED)
                .filter(id -> signals.traces().of(id).spans().stream().anyMatch(condition))
                .findFirst()
                .map(id -> description));
    }

    /** An alert that is not suppressed, and has these labels. */
    Sign alert(String name, Map<String, String> labels) {
        return new Sign(Sign.Column.ALERT, "alert " + name + labels, () -> signals.alerts().firing().stream()
                .filter(alert -> alert.name().equals(name)
                        && !alert.suppressed()
                        && alert.label("namespace").equals(namespace)
                        && alert.labels().entrySet().containsAll(labels.entrySet()))
                .findFirst()
                .map(alert -> name + " of " + String.join(", ", labels.values())));
    }

    Sign noAlert(String name) {
        return new Sign(
                Sign.Column.RESOLVED,
                "end of " + name,
                () -> signals.alerts().firing().stream()
                                .anyMatch(alert -> alert.name().equals(name)
                                        && alert.label("namespace").equals(namespace))
                        ? Optional.empty()
                        : Optional.of("no " + name));
    }

    /** The span of a service that answers with this status. */
    static Predicate<Span> answering(String service, int status) {
        return span -> span.is(service, "server")
                && Integer.toString(status).equals(span.attributes().get("http.response.status_code"));
    }

    private void ask() {
        if (!traces.isEmpty() && System.nanoTime() - asked < BETWEEN.toNanos()) {
            return;
        }
        Response response = question.get();
        if (affected.test(response)) {
            asked = System.nanoTime();
            traces.addFirst(response.traceId());
            if (traces.size() > FOLLOWED) {
                traces.removeLast();
            }
        }
    }

    /** Which pod the first matching series is of, if it says so. */
    private Optional<String> found(String query) {
        return signals.series().matching(query.replace("{", "{namespace=\"" + namespace + "\", ")).stream()
                .findFirst()
                .map(sample -> sample.label("pod").isEmpty() ? "" : " of " + sample.label("pod"));
    }

    private Stream<JsonNode> linesOf(String service) {
        return signals
                .logs()
                .matching(Logs.with(Logs.NAMESPACE, namespace) + " " + Logs.with(Logs.SERVICE, service) + " _time:>="
                        + began + " | limit 1000")
                .stream();
    }

    private static Optional<String> first(Stream<JsonNode> records, String service, String text) {
        return records.filter(record -> record.path(Logs.SERVICE).asText().equals(service))
                .map(record -> record.path(Logs.MESSAGE).asText())
                .filter(message -> message.contains(text))
                .findFirst()
                .map(message ->
                        service + ": " + code(message.lines().findFirst().orElse("")));
    }

    private static String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }
}
