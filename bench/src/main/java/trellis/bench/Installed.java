package trellis.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import trellis.local.WaitProgress;

/**
 * A landscape in a cluster, and its measurements.
 *
 * @param name what it is called in a report
 * @param namespaces its own first, and those of what runs for it alone
 * @param page over https if it is in the mesh
 */
record Installed(String name, List<String> namespaces, URI page, Map<String, Measurements> figures) {
    static final String ISTIOD = "istiod";

    /** The identity provider is the demonstration's: elsewhere there is one already. */
    static final String ALL = "all but keycloak";

    private static final String KEYCLOAK = "keycloak";

    private static final String SEPARATOR = "/";
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What is measured of each container. */
    enum Cost {
        CPU,
        MEMORY
    }

    Installed(String name, List<String> namespaces, URI page) {
        this(name, namespaces, page, new TreeMap<>());
    }

    Measurements figure(String name) {
        return figures.computeIfAbsent(name, any -> new Measurements());
    }

    /** @param proxy whether that of the sidecar, or of the application */
    Measurements figure(String workload, boolean proxy, Cost cost) {
        return figure(name(workload, proxy, cost));
    }

    boolean has(String workload, boolean proxy) {
        return figures.containsKey(name(workload, proxy, Cost.CPU));
    }

    /** Those that were measured, without istiod. */
    Set<String> workloads() {
        Set<String> workloads = new TreeSet<>();
        figures.keySet().stream()
                .filter(name -> name.contains(SEPARATOR))
                .map(name -> name.substring(0, name.indexOf(SEPARATOR)))
                .forEach(workloads::add);
        workloads.removeAll(Set.of(ALL, ISTIOD));
        return workloads;
    }

    /** Writes the page. A gateway may need a moment until it knows its routes and the issuer of tokens. */
    void write() throws InterruptedException {
        var waiting = WaitProgress.reportedLater(page + " to be written", System.err::println);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var request = HttpRequest.newBuilder(page);
                if (inMesh()) {
                    request.header("Authorization", "Bearer " + token("writer"));
                }
                WrittenPage.write(request);
                return;
            } catch (IllegalStateException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                waiting.pause(Duration.ofSeconds(2));
            }
        }
    }

    /** As fast as the connections can, so that the JIT compilers do their work. */
    void warmUp(int connections, Duration time) throws InterruptedException {
        Load.Connect connect = connect();
        Load.of(connect, awaitWhole(connect), connections, Duration.ZERO, time);
    }

    /** @param interval between two requests of a connection */
    void measure(int connections, Duration interval, Duration time) throws InterruptedException {
        Load.Connect connect = connect();
        byte[] whole = awaitWhole(connect);
        var usage = new Usage(container -> namespaces.contains(container.namespace()) || isIstiod(container));
        var loading = CompletableFuture.supplyAsync(() -> {
            try {
                return Load.of(connect, whole, connections, interval, time);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end && !loading.isDone(); ) {
            usage.sample();
            Thread.sleep(Math.max(0, Math.min(BETWEEN_SAMPLES.toMillis(), (end - System.nanoTime()) / 1_000_000)));
        }
        try {
            keep(loading.get(), usage);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load failed", e.getCause());
        }
    }

    private void keep(Load load, Usage usage) {
        figure(Contender.P50).add(load.percentile(0.50));
        figure(Contender.P99).add(load.percentile(0.99));
        figure(Contender.RATE).add(load.perSecond());
        figure(Contender.NOT_WHOLE).add(100.0 * load.others() / load.latencies().length);
        Map<String, Double> sums = new TreeMap<>();
        for (Usage.Container container : usage.containers()) {
            double cpu = 1000 * usage.cores(container) / load.perSecond();
            double memory = usage.mebibytes(container);
            for (String workload : countedAs(container)) {
                sums.merge(name(workload, container.isProxy(), Cost.CPU), cpu, Double::sum);
                sums.merge(name(workload, container.isProxy(), Cost.MEMORY), memory, Double::sum);
            }
        }
        sums.forEach((name, value) -> figure(name).add(value));
    }

    private static String name(String workload, boolean proxy, Cost cost) {
        return workload + SEPARATOR + proxy + SEPARATOR + cost;
    }

    /** What a container is counted as. */
    private static Set<String> countedAs(Usage.Container container) {
        if (isIstiod(container)) {
            return Set.of(ISTIOD);
        }
        String workload = container.workload();
        return workload.equals(KEYCLOAK) ? Set.of(workload) : Set.of(workload, ALL);
    }

    private static boolean isIstiod(Usage.Container container) {
        return container.pod().startsWith(ISTIOD + "-");
    }

    private boolean inMesh() {
        return page.getScheme().equals("https");
    }

    private Load.Connect connect() throws InterruptedException {
        String headers = inMesh() ? "Authorization: Bearer " + token("reader") + "\r\n" : "";
        return () -> new Connection(page, headers);
    }

    private String token(String client) throws InterruptedException {
        return Tool.run(Map.of("NAMESPACE", namespaces.getFirst(), "CLIENT", client), "local/token");
    }

    /** Returns the page once no part is missing, as may happen while it is cold. */
    private byte[] awaitWhole(Load.Connect connect) throws InterruptedException {
        var waiting = WaitProgress.reportedLater(page + " to be complete", System.err::println);
        while (true) {
            try (var connection = connect.open()) {
                int status = connection.ask();
                String body = new String(connection.body(), StandardCharsets.UTF_8);
                if (status == 200 && WrittenPage.isWhole(body)) {
                    return connection.body();
                }
            } catch (IOException e) {
                // no response yet
            }
            waiting.pause(Duration.ofMillis(200));
        }
    }
}
