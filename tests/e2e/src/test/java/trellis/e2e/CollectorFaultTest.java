package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trellis.local.Services;

/** What users and operators see while nobody receives traces or watches the cluster. */
@ClusterTest
@Tag("faults-stores")
@Timeout(value = 15, unit = MINUTES)
class CollectorFaultTest {
    private final Signals signals;
    private final Faults faults;
    private final Api api;

    CollectorFaultTest(ClusterLandscape landscape, Signals signals) {
        this.signals = signals;
        faults = new Faults(landscape, signals);
        api = new Api(landscape);
    }

    @Test
    void aCollectorThatIsAwayIsOnePageThatNamesItAndNoUserNotices() {
        long productId = api.newPage();
        Signs landscape = faults.signs(() -> api.page(productId), Response::isWhole);
        Signs observability = new Signs(signals, signals.namespace(), () -> api.page(productId), Response::isWhole);
        try (Fault fault = faults.begin(
                "Collector away", () -> signals.stop(Signals.COLLECTOR), () -> signals.start(Signals.COLLECTOR))) {
            fault.awaitSigns(
                    landscape.answer("200, whole"),
                    observability.metric("absent(up{service=\"otel-collector\"})"),
                    landscape.noTrace(),
                    landscape.anyLine(Services.COMPOSITE, "export"),
                    observability.alert("TrellisSignalMissing", Map.of("service", Signals.COLLECTOR)));
            Signs later = faults.signs(() -> api.page(productId), Response::isWhole);
            fault.awaitResolved(
                    later.answer("200, whole").afterwards(),
                    observability.metric("up{service=\"otel-collector\"} == 1").afterwards(),
                    later.trace("a trace of a new request", span -> span.is(Services.COMPOSITE, "server"))
                            .afterwards(),
                    observability.noAlert("TrellisSignalMissing"));
            fault.requireOnlyPage("TrellisSignalMissing");
        }
    }
}
