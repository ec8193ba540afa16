package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Begins faults under a light load in a landscape that works and of which no alert tells. */
final class Faults {
    private static final int PER_SECOND = 5;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Pager pager;

    Faults(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        pager = signals.pager(landscape.javaImage());
    }

    /**
     * @param name as in the table
     * @param end takes the fault back
     */
    Fault begin(String name, Runnable begin, Runnable end) {
        await("the end of earlier alerts").atMost(5, MINUTES).until(() -> firing().stream()
                .noneMatch(Alert::isPage));
        Load load = Load.ofReadsAndWrites(landscape, new Api(landscape).newPage(), PER_SECOND);
        load.awaitMore(10 * PER_SECOND);
        return new Fault(name, load, begin, end, this::firing, () -> ours(pager.notified()));
    }

    /**
     * Of a fault in the landscape.
     *
     * @param question what a user asks
     * @param affected whether an answer shows the fault
     */
    Signs signs(Supplier<Response> question, Predicate<Response> affected) {
        return new Signs(signals, landscape.cluster().namespace(), question, affected);
    }

    private List<Alert> firing() {
        return ours(signals.alerts().firing());
    }

    /** Of the landscape and of the observability: it may watch other landscapes, too. */
    private List<Alert> ours(List<Alert> alerts) {
        Set<String> namespaces = Set.of(landscape.cluster().namespace(), signals.namespace());
        return alerts.stream()
                .filter(alert -> namespaces.contains(alert.label("namespace")))
                .toList();
    }
}
