package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trellis.local.Services;

/** A write, from the trace id in its response to the rows that it has changed a moment later. */
@ClusterTest
@Tag("signals")
class FollowedWriteTest {
    private final Signals signals;
    private final Api api;

    FollowedWriteTest(ClusterLandscape landscape, Signals signals) {
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void itsTraceLeadsFromTheGatewayOverTheLogOfUpdatesToTheRowsOfEveryReader() {
        Response accepted = api.put(Api.newId(), Pages.named("Kettle")).requireStatus(202);
        signals.traces().awaited(accepted.traceId(), trace -> {
            Span edge = trace.one(
                    "first span of the gateway", span -> span.service().startsWith("edge"));
            Span composite = trace.below(edge, "server span", span -> span.is(Services.COMPOSITE, "server"));
            Span sent = trace.below(composite, "sending", span -> span.is(Services.COMPOSITE, "producer"));
            for (String reader : Services.CORE) {
                Span received = trace.below(sent, "reading", span -> span.is(reader, "consumer"));
                trace.below(received, "change", Span::isSql);
            }
        });
    }

    @Test
    void everyServiceHasLoggedItWithItsTraceIdWithinTenSeconds() {
        long productId = Api.newId();
        Response accepted = api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).until(() -> api.isWhole(productId));
        await("the logs of " + accepted.traceId()).atMost(10, SECONDS).untilAsserted(() -> {
            Set<String> logged = signals.logs().ofTrace(accepted.traceId()).stream()
                    .filter(record -> !record.path(Logs.CONTAINER).asText().equals("istio-proxy"))
                    .map(record -> record.path(Logs.SERVICE).asText())
                    .collect(Collectors.toSet());
            assertTrue(logged.containsAll(LiveLandscape.SERVICES), () -> "Only " + logged);
        });
    }
}
