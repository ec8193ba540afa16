package trellis.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code make bench-cluster}: what something costs. Alternates between two landscapes in a cluster, one with it and one
 * without, so that a drift of the machine affects both.
 */
final class Pair {
    private static final int CONNECTIONS = 4;
    private static final int PER_SECOND = 20;
    private static final double NEARLY = 0.95;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofSeconds(30);

    private final Installed without;
    private final Installed with;
    private final int rounds;

    private Pair(Installed without, Installed with, int rounds) {
        this.without = without;
        this.with = with;
        this.rounds = rounds;
    }

    /**
     * @param arguments what the landscape without it is called, its namespace and its address; the same of the one with it,
     *     where a further namespace may follow, after a comma, whose pods are part of the cost; the number of rounds
     */
    public static void main(String[] arguments) throws InterruptedException {
        new Pair(installed(arguments, 0), installed(arguments, 3), Integer.parseInt(arguments[6])).measure();
    }

    private static Installed installed(String[] arguments, int from) {
        return new Installed(
                arguments[from],
                List.of(arguments[from + 1].split(",")),
                URI.create(arguments[from + 2]).resolve(WrittenPage.PATH));
    }

    private void measure() throws InterruptedException {
        List<Installed> both = List.of(without, with);
        for (Installed each : both) {
            each.write();
        }
        System.err.printf("warming each up for %d s%n", WARM_UP.toSeconds());
        for (Installed each : both) {
            each.warmUp(CONNECTIONS, WARM_UP);
        }
        String before = Machine.load();
        for (int round = 0; round < rounds; round++) {
            System.err.printf("round %d of %d%n", round + 1, rounds);
            for (Installed each : both) {
                each.measure(
                        CONNECTIONS,
                        Duration.ofSeconds(1).multipliedBy(CONNECTIONS).dividedBy(PER_SECOND),
                        ROUND);
            }
        }
        String after = Machine.load();
        System.out.printf(
                "%s. Load average of this machine %s before, %s after. Median (min-max) of %d rounds of %d s each, "
                        + "alternating; %d connections, %d requests per second.%n%n",
                Machine.description(), before, after, rounds, ROUND.toSeconds(), CONNECTIONS, PER_SECOND);
        reportPage();
        System.out.println();
        reportPods();
        if (Math.min(
                        without.figure(Contender.RATE).median(),
                        with.figure(Contender.RATE).median())
                < NEARLY * PER_SECOND) {
            System.err.println("The rate was not reached: the latencies are mostly time in a queue");
        }
        if (Math.max(Double.parseDouble(before), Double.parseDouble(after))
                > Runtime.getRuntime().availableProcessors()) {
            System.err.println("This machine was busy: other programs have distorted these figures");
        }
    }

    private void reportPage() {
        Bench.row("the page", without.name(), with.name(), "ratio");
        Bench.row("---", "---", "---", "---");
        for (String figure : List.of(Contender.P50, Contender.P99)) {
            row(figure, without.figure(figure), with.figure(figure), 1);
        }
        for (String figure : List.of(Contender.RATE, Contender.NOT_WHOLE)) {
            Bench.row(
                    figure, without.figure(figure).show(1), with.figure(figure).show(1), "");
        }
    }

    private static void row(String figure, Measurements one, Measurements other, int decimals) {
        Bench.row(figure, one.show(decimals), other.show(decimals), ratio(other.median(), one.median()));
    }

    private static String ratio(double one, double other) {
        return String.format(Locale.ROOT, "%.1f", one / other);
    }

    private void reportPods() {
        for (Installed.Cost cost : Installed.Cost.values()) {
            boolean cpu = cost == Installed.Cost.CPU;
            int decimals = cpu ? 2 : 0;
            Bench.row(
                    cpu ? "CPU per request, ms" : "memory, MiB", without.name(), "its proxy", with.name(), "its proxy");
            Bench.row("---", "---", "---", "---", "---");
            Set<String> workloads = new TreeSet<>(without.workloads());
            workloads.addAll(with.workloads());
            for (String workload : workloads) {
                row(workload, cost, decimals);
            }
            row(Installed.ALL, cost, decimals);
            System.out.printf(
                    "%nAll %s relative to %s: %s. The proxies' share of it: %.0f %%.",
                    with.name(),
                    without.name(),
                    ratio(all(with, cost), all(without, cost)),
                    100 * proxies(with, cost) / all(with, cost));
            if (with.has(Installed.ISTIOD, false)) {
                System.out.printf(
                        " istiod: %s.",
                        with.figure(Installed.ISTIOD, false, cost).show(decimals));
            }
            System.out.printf("%n%n");
        }
    }

    private static double all(Installed each, Installed.Cost cost) {
        return each.figure(Installed.ALL, false, cost).median() + proxies(each, cost);
    }

    /** 0 if it is not in a mesh. */
    private static double proxies(Installed each, Installed.Cost cost) {
        return each.has(Installed.ALL, true)
                ? each.figure(Installed.ALL, true, cost).median()
                : 0;
    }

    private void row(String workload, Installed.Cost cost, int decimals) {
        Bench.row(
                workload,
                cell(without, workload, false, cost, decimals),
                cell(without, workload, true, cost, decimals),
                cell(with, workload, false, cost, decimals),
                cell(with, workload, true, cost, decimals));
    }

    private static String cell(Installed each, String workload, boolean proxy, Installed.Cost cost, int decimals) {
        return each.has(workload, proxy) ? each.figure(workload, proxy, cost).show(decimals) : "";
    }
}
