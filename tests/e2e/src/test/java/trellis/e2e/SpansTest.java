package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import trellis.e2e.Spans.Received;
import trellis.local.Services;

@Tag("processes")
@ExtendWith(LandscapeResolver.class)
class SpansTest {
    private static final String COMPOSITE = "product-composite";
    private static final String PAGE = "GET /v1/product-composites/{productId}";

    private final ProcessLandscape landscape;
    private final Spans spans;
    private final Api api;
    private final Traceparent trace = new Traceparent();

    SpansTest(LiveLandscape landscape) {
        this.landscape = (ProcessLandscape) landscape;
        spans = this.landscape.spans();
        api = new Api(landscape);
    }

    @Test
    void aWriteIsOneTraceFromTheRequestToTheLastRow() {
        api.put(Api.newId(), Pages.named("Kettle"), "traceparent", trace.sampled())
                .requireStatus(202);
        Received request = one(COMPOSITE, "PUT /v1/product-composites/{productId}");
        Received sent = one(COMPOSITE, "product-composites publish");
        assertTrue(sent.isChildOf(request));
        for (String service : Services.CORE) {
            Received received = one(service, "product-composites receive");
            assertTrue(received.isChildOf(sent), service);
            assertTrue(one(service, "INSERT applied_update").isChildOf(received), service);
            assertTrue(one(service, "INSERT " + service).isChildOf(received), service);
        }
    }

    @Test
    void aReadIsOneTraceFromTheRequestThroughEachCallToItsQuery() {
        long productId = api.newPage();
        api.page(productId, "traceparent", trace.sampled()).requireStatus(200);
        Received request = one(COMPOSITE, PAGE);
        for (String service : List.of("product", "recommendation", "review")) {
            Received query = one(service, "SELECT " + service);
            Received answer = some(each -> each.service().equals(service) && query.isChildOf(each));
            Received call = some(each -> each.service().equals(COMPOSITE) && answer.isChildOf(each));
            assertTrue(call.isChildOf(request), service);
        }
    }

    @Test
    void aRetryIsASecondCallAndTheDegradedAnswerAnEvent() {
        long productId = api.newPage();
        landscape.kill("review-db");
        api.page(productId, "traceparent", trace.sampled()).requireStatus(200);
        assertTrue(one(COMPOSITE, PAGE).events().containsAll(List.of("retry", "degraded answer")));
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertEquals(
                        2,
                        spans.of(trace.trace()).stream()
                                .filter(each -> each.service().equals(COMPOSITE) && each.isCalled("GET /v1/reviews"))
                                .count()));
    }

    @Test
    void aCallThatTakesTooLongIsAnEvent() {
        long productId = api.newPage();
        landscape.freeze("review");
        try {
            api.page(productId, "traceparent", trace.sampled()).requireStatus(200);
        } finally {
            landscape.thaw("review");
        }
        assertTrue(one(COMPOSITE, PAGE).events().contains("timeout"));
    }

    @Test
    void aRefusalOfTheCircuitBreakerIsAnEvent() {
        long productId = api.newPage();
        landscape.kill("review");
        await().atMost(20, SECONDS).until(() -> {
            Traceparent next = new Traceparent();
            api.page(productId, "traceparent", next.sampled()).requireStatus(200);
            await().until(() -> spans.of(next.trace()).stream().anyMatch(each -> each.isCalled(PAGE)));
            return spans.of(next.trace()).stream()
                    .anyMatch(each -> each.events().contains("circuit breaker refuses"));
        });
    }

    @Test
    void aDeadLetterIsASpan() {
        new Log(landscape).append(Log.UPDATES, "no number", "no JSON", Map.of("traceparent", trace.sampled()));
        for (String service : Services.CORE) {
            assertTrue(one(service, "dead letter").isChildOf(one(service, "product-composites receive")));
        }
    }

    @Test
    void whoeverBeginsATraceDecidesThatItIsNotRecorded() {
        long productId = api.newPage();
        api.page(productId, "traceparent", trace.unsampled()).requireStatus(200);
        api.page(productId, "traceparent", new Traceparent().sampled()).requireStatus(200);
        Traceparent later = new Traceparent();
        api.page(productId, "traceparent", later.sampled()).requireStatus(200);
        await().atMost(20, SECONDS).until(() -> !spans.of(later.trace()).isEmpty());
        assertEquals(List.of(), spans.of(trace.trace()));
    }

    @Test
    void warmUpAndProbesLeaveNoTraces() {
        api.newPage();
        Set<String> roots = spans.all().stream()
                .filter(each -> each.span().getParentSpanId().isEmpty())
                .map(each -> each.span().getName())
                .collect(Collectors.toSet());
        assertTrue(roots.stream().noneMatch(name -> name.contains("/q") || name.startsWith("SELECT")), roots::toString);
        assertTrue(spans.all().stream().noneMatch(each -> each.trace().matches("0+1")));
    }

    private Received one(String service, String name) {
        return some(each -> each.service().equals(service) && each.isCalled(name));
    }

    /** Of this test's trace, once it has been received. */
    private Received some(Predicate<Received> which) {
        return await().atMost(20, SECONDS)
                .until(() -> spans.of(trace.trace()).stream().filter(which).findFirst(), found -> found.isPresent())
                .orElseThrow();
    }
}
