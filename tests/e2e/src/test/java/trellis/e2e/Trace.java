package trellis.e2e;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Predicate;

/** All collected spans with one trace id. */
record Trace(String id, List<Span> spans) {
    List<Span> those(Predicate<Span> condition) {
        return spans.stream().filter(condition).toList();
    }

    /** The first that meets the condition; fails if none does. */
    Span one(String description, Predicate<Span> condition) {
        return spans.stream()
                .filter(condition)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + description + " in " + this));
    }

    /** The first one below this span that meets the condition; fails if none does. */
    Span below(Span span, String description, Predicate<Span> condition) {
        return one(
                description + " below " + span.service() + "'s " + span.name(),
                each -> condition.test(each) && isBelow(each, span));
    }

    /** Those without a parent in the trace. */
    List<Span> roots() {
        return those(each -> parentOf(each) == null);
    }

    /** A tree, for messages. */
    @Override
    public String toString() {
        return "trace " + id + "\n"
                + roots().stream().map(root -> tree(root, "  ")).collect(joining());
    }

    boolean isBelow(Span span, Span above) {
        Span parent = parentOf(span);
        return parent != null && (parent.equals(above) || isBelow(parent, above));
    }

    private Span parentOf(Span span) {
        return spans.stream()
                .filter(each -> each.id().equals(span.parent()))
                .findFirst()
                .orElse(null);
    }

    private String tree(Span span, String indentation) {
        return "%s%s %s: %s %s%n".formatted(indentation, span.service(), span.kind(), span.name(), span.attributes())
                + spans.stream()
                        .filter(each -> each.parent().equals(span.id()))
                        .map(child -> tree(child, indentation + "  "))
                        .collect(joining());
    }
}
