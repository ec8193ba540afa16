package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trellis.local.Services;

/** With the collector deciding, once a trace is whole, whether it is kept. */
@ClusterTest
@Tag("signals")
class TailSamplingTest {
    private static final int READS = 60;
    private static final int PERCENT = 5;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    TailSamplingTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void everyErrorAndEverySlowRequestIsKeptWholeAndOfTheOthersAFew() throws IOException {
        long there = api.newPage();
        long neverRead = Api.newId();
        api.put(neverRead, Pages.named("Pot")).requireStatus(202);
        signals.upgrade("tailSampling.enabled=true", "tailSampling.percentage=" + PERCENT);
        awaitASlowTrace();

        List<String> usual = Stream.generate(
                        () -> api.page(there).requireStatus(200).traceId())
                .limit(READS)
                .toList();
        String slow = aSlowWrite();
        landscape.stop("product");
        List<String> errors = Stream.generate(
                        () -> api.page(neverRead).requireStatus(503).traceId())
                .limit(5)
                .toList();

        for (String id : errors) {
            signals.traces().awaited(id, trace -> {
                trace.one("span of the gateway", span -> span.service().startsWith("edge"));
                trace.one("span of the composite", span -> span.is(Services.COMPOSITE, "server"));
            });
        }
        signals.traces().awaited(slow, trace -> {
            Span edge = trace.one("span of the gateway", span -> span.service().startsWith("edge"));
            Services.CORE.forEach(reader -> trace.below(edge, "reading", span -> span.is(reader, "consumer")));
        });
        long kept = usual.stream()
                .filter(id -> !signals.traces().of(id).spans().isEmpty())
                .count();
        System.out.printf("    tail sampling of %d %%: %d of %d usual traces are kept%n", PERCENT, kept, READS);
        assertTrue(kept < READS / 2, () -> kept + " of " + READS + " are kept");
    }

    /** Whose body takes some seconds to arrive. */
    private String aSlowWrite() throws IOException {
        var write = new SlowPut(landscape, Api.newId(), Pages.named("Kettle"));
        await().pollDelay(3, SECONDS).until(() -> true);
        String response = write.finish();
        assertTrue(response.startsWith("HTTP/1.1 202"), response);
        return response.replaceFirst("(?is).*traceresponse: 00-([0-9a-f]{32})-.*", "$1");
    }

    /** Of a request that is slow, since those are always kept. */
    private void awaitASlowTrace() throws IOException {
        String id = aSlowWrite();
        signals.traces().awaited(id, trace -> trace.one("span", span -> true));
    }
}
