package trellis.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code make bench-cluster}: what the mesh costs. Alternates between two landscapes in a cluster, one in the mesh and one
 * not, so that a drift of the machine affects both.
 */
final class Mesh {
    private static final int CONNECTIONS = 4;
    private static final int PER_SECOND = 20;
    private static final double NEARLY = 0.95;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofSeconds(30);

    private final Installed plain;
    private final Installed mesh;
    private final int rounds;

    private Mesh(Installed plain, Installed mesh, int rounds) {
        this.plain = plain;
        this.mesh = mesh;
        this.rounds = rounds;
    }

    /** @param arguments namespace and address of the landscape without the mesh, of the one in it, and the number of rounds */
    public static void main(String[] arguments) throws InterruptedException {
        var plain = new Installed(arguments[0], URI.create(arguments[1]).resolve(WrittenPage.PATH));
        var mesh = new Installed(arguments[2], URI.create(arguments[3]).resolve(WrittenPage.PATH));
        new Mesh(plain, mesh, Integer.parseInt(arguments[4])).measure();
    }

    private void measure() throws InterruptedException {
        List<Installed> both = List.of(plain, mesh);
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
                        plain.figure(Contender.RATE).median(),
                        mesh.figure(Contender.RATE).median())
                < NEARLY * PER_SECOND) {
            System.err.println("The rate was not reached: the latencies are mostly time in a queue");
        }
        if (Math.max(Double.parseDouble(before), Double.parseDouble(after))
                > Runtime.getRuntime().availableProcessors()) {
            System.err.println("This machine was busy: other programs have distorted these figures");
        }
    }

    private void reportPage() {
        Bench.row("the page", "without the mesh", "in the mesh", "ratio");
        Bench.row("---", "---", "---", "---");
        for (String figure : List.of(Contender.P50, Contender.P99)) {
            row(figure, plain.figure(figure), mesh.figure(figure), 1);
        }
        for (String figure : List.of(Contender.RATE, Contender.NOT_WHOLE)) {
            Bench.row(figure, plain.figure(figure).show(1), mesh.figure(figure).show(1), "");
        }
    }

    private static void row(String figure, Measurements without, Measurements in, int decimals) {
        Bench.row(figure, without.show(decimals), in.show(decimals), ratio(in.median(), without.median()));
    }

    private static String ratio(double one, double other) {
        return String.format(Locale.ROOT, "%.1f", one / other);
    }

    private void reportPods() {
        for (Installed.Cost cost : Installed.Cost.values()) {
            boolean cpu = cost == Installed.Cost.CPU;
            int decimals = cpu ? 2 : 0;
            Bench.row(cpu ? "CPU per request, ms" : "memory, MiB", "without the mesh", "in the mesh", "its proxy");
            Bench.row("---", "---", "---", "---");
            Set<String> workloads = new TreeSet<>(plain.workloads());
            workloads.addAll(mesh.workloads());
            for (String workload : workloads) {
                row(workload, cost, decimals);
            }
            row(Installed.ALL, cost, decimals);
            double proxies = mesh.figure(Installed.ALL, true, cost).median();
            double all = mesh.figure(Installed.ALL, false, cost).median() + proxies;
            System.out.printf(
                    "%nAll in the mesh relative to without: %s. The proxies' share of it: %.0f %%.",
                    ratio(all, plain.figure(Installed.ALL, false, cost).median()), 100 * proxies / all);
            if (mesh.has(Installed.ISTIOD, false)) {
                System.out.printf(
                        " istiod: %s.",
                        mesh.figure(Installed.ISTIOD, false, cost).show(decimals));
            }
            System.out.printf("%n%n");
        }
    }

    private void row(String workload, Installed.Cost cost, int decimals) {
        Bench.row(
                workload,
                cell(plain, workload, false, cost, decimals),
                cell(mesh, workload, false, cost, decimals),
                cell(mesh, workload, true, cost, decimals));
    }

    private static String cell(Installed each, String workload, boolean proxy, Installed.Cost cost, int decimals) {
        return each.has(workload, proxy) ? each.figure(workload, proxy, cost).show(decimals) : "";
    }
}
