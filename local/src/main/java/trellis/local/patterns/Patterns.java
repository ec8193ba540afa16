package trellis.local.patterns;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import trellis.local.cluster.Kubectl;
import trellis.local.cluster.PortForward;

/**
 * {@code make patterns}: shows the patterns in the landscape that runs in the cluster at hand, and leaves it as it was. The
 * exit code is 1 if one of them does not hold, 2 if they can't be shown at all.
 */
public final class Patterns {
    private static final Duration STOPPED = Duration.ofSeconds(30);

    private final long began = System.nanoTime();
    private volatile boolean stopped;
    private final Undo undo = new Undo(Duration.ofSeconds(10));

    private Patterns() {}

    public static void main(String[] arguments) {
        Patterns patterns = new Patterns();
        Thread shower = Thread.currentThread();
        Thread stop = new Thread(() -> patterns.stop(shower));
        Runtime.getRuntime().addShutdownHook(stop);
        int exit = patterns.run();
        if (!patterns.stopped) {
            Runtime.getRuntime().removeShutdownHook(stop);
            System.exit(exit);
        }
    }

    private int run() {
        try {
            Table table = show();
            boolean left = takeBack();
            System.out.println();
            System.out.print(table.text());
            System.out.printf("All of it took %d s.%n", elapsed());
            write(table);
            return table.holds() && left ? 0 : 1;
        } catch (IllegalStateException e) {
            if (stopped) {
                return 2; // the hook takes it back
            }
            System.err.println(e.getMessage());
            takeBack();
            return 2;
        }
    }

    private Table show() {
        Kubectl kubectl = reached();
        Cluster cluster = landscape(kubectl);
        Disturbance.forget(kubectl);
        CentralConfiguration.forget(kubectl);
        Optional<Edge> edge = Edge.in(kubectl);
        Optional<Tokens> tokens = edge.filter(any -> !kubectl.list("requestauthentications.security.istio.io", "")
                        .isEmpty())
                .map(any -> new Tokens(kubectl));
        Api api = edge.map(there -> Api.through(there, () -> tokens.map(Tokens::token)))
                .orElseGet(() -> Api.at(forwarded(kubectl)));
        System.out.printf(
                "The patterns are shown in the namespace %s. Meanwhile a page is written and deleted, %s is scaled up and made slow or"
                        + " scaled down, a setting of recommendation is changed, and a pod of product is deleted. All of it is taken back,"
                        + " after Ctrl-C too.%n",
                kubectl.namespace(), Scene.NEIGHBOUR);
        Page page = Page.write(api, undo);
        System.out.printf("[%3d s] the page %d is written%n", elapsed(), page.productId());
        Kubectl signals = new Kubectl(Objects.requireNonNullElse(System.getenv("SIGNALS_NAMESPACE"), "observability"));
        Scene scene = new Scene(cluster, api, edge, tokens, page, signals);
        List<Table.Row> rows = new ArrayList<>();
        for (Pattern pattern : all(scene)) {
            rows.add(shown(pattern));
        }
        return new Table(rows);
    }

    private static List<Pattern> all(Scene scene) {
        var neighbour = new Disturbance(scene.cluster());
        return List.of(
                new ServiceDiscovery(scene),
                new EdgeServer(scene),
                new ReactiveServices(scene, neighbour),
                new CentralConfiguration(scene),
                new LogAnalysis(scene),
                new DistributedTracing(scene),
                new CircuitBreaker(scene, neighbour),
                new ControlLoop(scene),
                new Monitoring(scene, neighbour));
    }

    private Table.Row shown(Pattern pattern) {
        long start = System.nanoTime();
        String done = pattern.done();
        System.out.printf("[%3d s] %s: %s%n", elapsed(), pattern.name(), done);
        Finding finding = finding(pattern);
        System.out.printf("        %s: %s%n", finding.verdict(), finding.seen());
        return new Table.Row(pattern.name(), done, finding, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Finding finding(Pattern pattern) {
        try {
            return pattern.show();
        } catch (IllegalStateException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return new Finding(Verdict.DOES_NOT_HOLD, e.getMessage());
        }
    }

    private static Kubectl reached() {
        Kubectl kubectl = Kubectl.fromEnvironment("NAMESPACE");
        try {
            kubectl.run("get", "--raw", "/version", "--request-timeout=10s");
        } catch (IllegalStateException e) {
            throw new IllegalStateException("No cluster answers, kubectl has to reach one: " + lastLine(e), e);
        }
        return kubectl;
    }

    private Cluster landscape(Kubectl kubectl) {
        Cluster cluster = new Cluster(kubectl, undo);
        if (!cluster.services().containsAll(Scene.SERVICES)) {
            throw new IllegalStateException("There is no landscape in the namespace " + kubectl.namespace()
                    + ": helm install trellis oci://<registry>/charts/trellis --namespace " + kubectl.namespace()
                    + " installs one. NAMESPACE=... names another namespace");
        }
        List<String> unready = cluster.unready();
        if (!unready.isEmpty()) {
            throw new IllegalStateException("The landscape in the namespace " + kubectl.namespace() + " is not ready: "
                    + String.join(", ", unready));
        }
        return cluster;
    }

    private URI forwarded(Kubectl kubectl) {
        PortForward forward = PortForward.to(kubectl, "service/" + Scene.COMPOSITE, 80);
        undo.add("kubectl port-forward is to end", forward::close);
        return forward.address();
    }

    private boolean takeBack() {
        List<String> left = undo.all();
        left.forEach(each -> System.err.println("This could not be taken back: " + each));
        return left.isEmpty();
    }

    /** Waits for the step that is being made, so that nothing is done after it was taken back. */
    private void stop(Thread shower) {
        stopped = true;
        System.err.println("Stopped; what was changed is taken back");
        shower.interrupt();
        try {
            shower.join(STOPPED);
        } catch (InterruptedException e) {
            // then it is taken back at once
        }
        if (takeBack()) {
            System.err.println("The landscape is as it was");
        }
    }

    private long elapsed() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static void write(Table table) {
        String file = System.getenv("MARKDOWN");
        if (file == null || file.isBlank()) {
            return;
        }
        try {
            Files.writeString(Path.of(file), table.markdown());
        } catch (IOException e) {
            throw new IllegalStateException("The table can't be written to " + file + ": " + e, e);
        }
    }

    private static String lastLine(IllegalStateException e) {
        return e.getMessage().lines().reduce((one, other) -> other).orElse("");
    }
}
