package trellis.local.signals;

import java.net.http.HttpResponse;
import java.util.Optional;

/** {@code make trace}: prints the tree of a trace's spans. */
public final class Trace {
    public static final String BACKEND = "jaeger";
    public static final int PORT = 16686;

    private Trace() {}

    public static void main(String[] arguments) {
        try {
            System.out.print(tree(TraceId.of(arguments[0])));
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static SpanTree tree(TraceId trace) {
        try (Backend traces = Backend.reach(BACKEND, PORT)) {
            return find(traces, trace)
                    .orElseThrow(() -> new IllegalStateException("There is no trace " + trace
                            + ". Its spans are there some seconds after they have ended, if it was sampled, and until the"
                            + " retention is over"));
        }
    }

    /** Empty if there is no such trace, or not yet. */
    public static Optional<SpanTree> find(Backend traces, TraceId trace) {
        HttpResponse<String> response = traces.get("/api/traces/" + trace);
        return switch (response.statusCode()) {
            case 200 -> Optional.of(SpanTree.of(response.body()));
            case 404 -> Optional.empty();
            default ->
                throw new IllegalStateException("Jaeger answered " + response.statusCode() + ": " + response.body());
        };
    }
}
