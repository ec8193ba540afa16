package trellis.local.signals;

import java.net.http.HttpResponse;

/** {@code make trace}: prints the tree of a trace's spans. */
public final class Trace {
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
        try (Backend traces = Backend.reach("jaeger", 16686)) {
            HttpResponse<String> response = traces.get("/api/traces/" + trace);
            return switch (response.statusCode()) {
                case 200 -> SpanTree.of(response.body());
                case 404 ->
                    throw new IllegalStateException("There is no trace " + trace
                            + ". Its spans are there some seconds after they have ended, if it was sampled, and until the"
                            + " retention is over");
                default ->
                    throw new IllegalStateException(
                            "Jaeger answered " + response.statusCode() + ": " + response.body());
            };
        }
    }
}
