package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fills the disk on which signals wait while their backend is away. The landscape must not notice, and collecting must
 * go on once there is room.
 */
@ClusterTest
@Tag("signals-away")
@Timeout(value = 12, unit = MINUTES)
class FullDiskTest {
    private static final int PER_SECOND = 10;
    private static final String SIZE = "1Mi";

    /** What the queue of a collector could not take. */
    private static final String NO_ROOM = "otelcol_exporter_enqueue_failed_(log_records|spans).*";

    /** Within which nine of ten requests are to be answered, in seconds: far below any timeout. */
    private static final double FAST = 0.5;

    /** Lines that can't be compressed to less than the disk has. */
    private static final String CHATTER =
            "i=0; while [ $i -lt 60 ]; do head -c 30000 /dev/urandom | base64 | tr -d '\\n'; echo; i=$((i + 1)); done";

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;

    FullDiskTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
    }

    @Test
    void nobodyWaitsForAnAgentWhoseDiskIsFullAndItGoesOnOnceItsBackendIsBack() {
        var number = new AtomicInteger();
        try (var shells = new ShellPods(landscape.cluster(), landscape.shellImage())) {
            fill(Signals.AGENT, Signals.LOGS, () -> shells.start("chatter-" + number.incrementAndGet(), CHATTER));
        }
        String trace = api.page(api.newPage()).requireStatus(200).traceId();
        await("new logs")
                .atMost(2, MINUTES)
                .until(() -> !signals.logs().ofTrace(trace).isEmpty());
    }

    @Test
    void nobodyWaitsForACollectorWhoseDiskIsFullAndItGoesOnOnceItsBackendIsBack() {
        fill(Signals.COLLECTOR, Signals.TRACES, () -> {});
        await("new traces")
                .atMost(3, MINUTES)
                .ignoreExceptionsMatching(ConditionTimeoutException.class::isInstance)
                .until(() -> {
                    String trace = api.page(api.newPage()).requireStatus(200).traceId();
                    signals.traces().awaited(trace, found -> found.one("span", span -> true));
                    return true;
                });
    }

    /**
     * @param more makes further signals
     */
    private void fill(String collector, String backend, Runnable more) {
        String total = "sum({__name__=~\"%s\", namespace=\"%s\", service=\"%s\"})"
                .formatted(NO_ROOM, signals.namespace(), collector);
        long there = api.newPage();
        signals.limitDisk(collector, SIZE);
        try {
            signals.stop(backend);
            try (Load load = Load.ofReadsAndWrites(landscape, there, PER_SECOND)) {
                await("a full disk")
                        .atMost(4, MINUTES)
                        .pollInterval(15, SECONDS)
                        .until(() -> {
                            more.run();
                            return signals.series().value(total) > 0;
                        });
                load.awaitMore(20 * PER_SECOND);
                System.out.printf(
                        Locale.ROOT,
                        "    the disk of %s was full: %.0f found no room%n",
                        collector,
                        signals.series().value(total));
                signals.start(backend);
                load.awaitMore(10 * PER_SECOND);
                load.requireNoFailure();
                assertTrue(
                        load.nineOfTenWithin() < FAST,
                        () -> String.format(Locale.ROOT, "Nine of ten took up to %.2f s", load.nineOfTenWithin()));
            }
        } finally {
            signals.unlimitDisk(collector);
        }
    }
}
