package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** The collected traces. */
record Traces(Api api) {
    /** Services, sidecars and collector send what they have every few seconds. */
    private static final int PATIENCE_SECONDS = 40;

    /** Without spans if there is no such trace. */
    Trace of(String id) {
        Response response = api.get("/api/traces/" + id);
        if (response.status() == 404) {
            return new Trace(id, List.of());
        }
        JsonNode trace = response.requireStatus(200).json().path("data").path(0);
        return new Trace(
                id,
                trace.path("spans")
                        .valueStream()
                        .map(span -> Span.of(span, trace.path("processes")))
                        .toList());
    }

    /** All that the backend has of it. */
    String text(String id) {
        return api.get("/api/traces/" + id).body();
    }

    /** Returns the trace once it meets the assertions: its spans arrive one after another. */
    Trace awaited(String id, Consumer<Trace> assertions) {
        Trace[] last = new Trace[1];
        await("the trace " + id).atMost(PATIENCE_SECONDS, SECONDS).untilAsserted(() -> {
            last[0] = of(id);
            assertions.accept(last[0]);
        });
        return last[0];
    }
}
