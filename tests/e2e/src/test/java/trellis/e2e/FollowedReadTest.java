package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trellis.local.Services;

/** A read, from the trace id in its response to everything that is known about it. */
@ClusterTest
@Tag("signals")
class FollowedReadTest {
    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    FollowedReadTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void itsTraceLeadsFromTheGatewayOverThreeCallsToTheRowsOfEach() {
        Response page = api.page(api.newPage()).requireStatus(200);
        signals.traces().awaited(page.traceId(), FollowedReadTest::requireEverySpan);
    }

    @Test
    void aCallersTraceContinues() {
        String id = "%032x".formatted(Api.newId());
        Response page = api.page(api.newPage(), "traceparent", "00-" + id + "-b7ad6b7169203331-01")
                .requireStatus(200);
        assertEquals(id, page.traceId());
        signals.traces().awaited(id, FollowedReadTest::requireEverySpan);
    }

    @Test
    void theGatewayAndEverySidecarOnItsWayHaveLoggedItWithinTenSeconds() {
        Response page = api.page(api.newPage()).requireStatus(200);
        Set<String> asked = new HashSet<>(LiveLandscape.NEIGHBOURS);
        asked.addAll(List.of(Services.COMPOSITE, "edge"));
        await("the access logs of " + page.traceId())
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertEquals(
                        asked,
                        signals.logs().ofTrace(page.traceId()).stream()
                                .filter(record ->
                                        record.path(Logs.CONTAINER).asText().equals("istio-proxy"))
                                .map(record -> record.path(Logs.SERVICE).asText())
                                .collect(Collectors.toSet())));
    }

    /** Refused by the gateway itself, so that no service knows of it. */
    @ParameterizedTest
    @CsvSource({
        "401, /v1/product-composites/1, ''",
        "401, /v1/product-composites/1, invalid",
        "403, /v1/product-composites/1, without scopes",
        "404, /v1/products/1, valid"
    })
    void aRefusalOfTheGatewaySaysTheTraceIdByWhichItsLogIsFound(int status, String path, String token) {
        Map<String, Optional<String>> tokens = Map.of(
                "",
                Optional.empty(),
                "invalid",
                Optional.of("no.token"),
                "without scopes",
                Optional.of(Issuer.OF_THE_TESTS.token("").signed()),
                "valid",
                landscape.token());
        Response refusal =
                new Api(landscape::address, () -> tokens.get(token)).get(path).requireProblemOfTheGateway(status);
        String id = refusal.json().path("traceId").asText();
        assertEquals(id, refusal.traceId());
        await("the access log of " + id).atMost(10, SECONDS).until(() -> statuses(id)
                .anyMatch(Integer.toString(status)::equals));
    }

    @Test
    void aProblemOfAServiceIsFoundByItsTraceIdToo() {
        Response problem = api.page(Api.newId()).requireProblem(404);
        String id = problem.json().path("traceId").asText();
        assertEquals(id, problem.traceId());
        await("the access logs of " + id)
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertTrue(
                        statuses(id).filter("404"::equals).count() >= 3,
                        () -> "Gateway, " + "composite and product: "
                                + signals.logs().ofTrace(id)));
    }

    private Stream<String> statuses(String trace) {
        return signals.logs().ofTrace(trace).stream()
                .map(record -> record.path("status"))
                .map(JsonNode::asText);
    }

    private static void requireEverySpan(Trace trace) {
        Span edge =
                trace.one("first span of the gateway", span -> span.service().startsWith("edge"));
        assertEquals(List.of(edge), trace.roots(), trace::toString);
        Span composite = trace.below(edge, "server span", span -> span.is(Services.COMPOSITE, "server"));
        List<Span> calls = trace.those(span -> span.is(Services.COMPOSITE, "client"));
        assertEquals(LiveLandscape.NEIGHBOURS.size(), calls.size(), trace::toString);
        for (String neighbour : LiveLandscape.NEIGHBOURS) {
            Span server = trace.below(composite, "server span", span -> span.is(neighbour, "server"));
            assertEquals(
                    1,
                    calls.stream().filter(call -> trace.isBelow(server, call)).count(),
                    () -> "One call asks " + neighbour + " in " + trace);
            trace.below(server, "query", Span::isSql);
        }
    }
}
