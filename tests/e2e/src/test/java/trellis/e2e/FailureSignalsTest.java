package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trellis.local.Services;

/** What a trace says about a request that did not go as usual. */
@ClusterTest
@Tag("signals")
class FailureSignalsTest {
    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    FailureSignalsTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void aRetryIsASecondCallAndTheRefusalOfABreakerIsNone() {
        long there = api.newPage();
        landscape.stop("review");
        String retried = untilWithoutReviews(there);
        signals.traces().awaited(retried, trace -> {
            assertEquals(2, callsOfReview(trace), trace::toString);
            assertTrue(hasEvent(trace, "retry"), trace::toString);
        });

        String[] refused = new String[1];
        await("the refusal of the breaker").atMost(60, SECONDS).untilAsserted(() -> {
            for (int i = 0; i < 5; i++) { // as many as it takes for its judgement
                refused[0] = api.page(there).requireStatus(200).traceId();
            }
            Trace trace = signals.traces().awaited(refused[0], FailureSignalsTest::requireServed);
            assertTrue(hasEvent(trace, "circuit breaker refuses"), trace::toString);
            assertEquals(0, callsOfReview(trace), trace::toString);
        });
    }

    @Test
    void aDeadLetterIsInTheTraceOfItsRecord() {
        String id = "%032x".formatted(Api.newId());
        new Log(landscape)
                .append(
                        Log.UPDATES,
                        Long.toString(Api.newId()),
                        "{\"no\": \"page\"}",
                        Map.of("traceparent", "00-" + id + "-00f067aa0ba902b7-01"));
        signals.traces().awaited(id, trace -> {
            for (String reader : Services.CORE) {
                Span received = trace.one("reading of " + reader, span -> span.is(reader, "consumer"));
                Span letter =
                        trace.below(received, "dead letter", span -> span.name().equals("dead letter"));
                assertTrue(letter.attributes().containsKey("error.type"), trace::toString);
            }
        });
    }

    /** The trace id of the first page that is served without reviews. */
    private String untilWithoutReviews(long productId) {
        Response[] page = new Response[1];
        await("a page without reviews").atMost(30, SECONDS).until(() -> {
            page[0] = api.page(productId);
            return page[0].missing().contains("reviews");
        });
        return page[0].traceId();
    }

    private static void requireServed(Trace trace) {
        trace.one("server span", span -> span.is(Services.COMPOSITE, "server"));
    }

    private static int callsOfReview(Trace trace) {
        return trace.those(span -> span.is(Services.COMPOSITE, "client")
                        && span.attributes().getOrDefault("url.full", "").contains("/v1/reviews"))
                .size();
    }

    private static boolean hasEvent(Trace trace, String name) {
        return trace.spans().stream()
                .anyMatch(span -> span.service().equals(Services.COMPOSITE) && span.hasEvent(name));
    }
}
