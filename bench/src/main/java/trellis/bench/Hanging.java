package trellis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import trellis.local.Landscape;
import trellis.local.RetryingClient;
import trellis.local.ServiceProcess;
import trellis.local.WaitProgress;

/** How many calls that hang affect other reads: lists of products, while pages wait for reviews. */
final class Hanging {
    private static final int CALLS = 500;
    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration ROUND = Duration.ofSeconds(8);

    /** No circuit breaker and a timeout longer than a round, but shorter than the client's own 30 s. */
    private static final String LONG_TIMEOUT = """
            quarkus.fault-tolerance.global.timeout.value=25000
            quarkus.fault-tolerance.global.circuit-breaker.enabled=false
            """;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RetryingClient retrying = new RetryingClient(System.err::println);
    private final Landscape landscape;
    private final ServiceProcess composite;
    private final ServiceProcess review;
    private final URI page;
    private final URI list;
    private final Figures alone =
            new Figures(new Measurements(), new Measurements(), new Measurements(), new Measurements());
    private final Figures hanging =
            new Figures(new Measurements(), new Measurements(), new Measurements(), new Measurements());

    private record Figures(Measurements rate, Measurements p50, Measurements p99, Measurements threads) {}

    Hanging(Landscape landscape) {
        this.landscape = landscape;
        composite = landscape.service("product-composite");
        review = landscape.service("review");
        page = landscape.address("product-composite").resolve("/v1/product-composites/1");
        list = landscape.address("product-composite").resolve("/v1/product-composites?limit=5");
    }

    /** @param data the folder of the landscape's data, where services read their settings */
    void measure(Path data) throws InterruptedException {
        String before = Machine.load();
        restartWithLongTimeout(data.resolve("product-composite"));
        byte[] products = body(list);
        System.err.printf("warming up for %d s%n", 2 * WARM_UP.toSeconds());
        Load.of(page, body(page), CONNECTIONS, WARM_UP);
        Load.of(list, products, CONNECTIONS, WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            System.err.printf("round %d of %d%n", round + 1, ROUNDS);
            measure(products, alone);
            review.freeze();
            try {
                List<CompletableFuture<HttpResponse<String>>> calls = call();
                measure(products, hanging);
                requireUnanswered(calls);
                review.thaw();
                calls.forEach(Hanging::requirePage);
            } finally {
                review.thaw();
            }
        }
        System.out.printf(
                "%s. Load of the machine %s before, %s after. Median (min-max) of %d rounds of %d s.%n%n",
                Machine.description(), before, Machine.load(), ROUNDS, ROUND.toSeconds());
        report();
    }

    private void restartWithLongTimeout(Path home) throws InterruptedException {
        try {
            Files.writeString(
                    Files.createDirectories(home.resolve("config")).resolve("application.properties"), LONG_TIMEOUT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        composite.stop();
        composite.start();
        var waiting = WaitProgress.reportedLater("product-composite to be ready", System.err::println);
        while (!composite.ready()) {
            waiting.pause(Duration.ofMillis(50));
        }
    }

    private void measure(byte[] products, Figures figures) throws InterruptedException {
        Load load = Load.of(list, products, CONNECTIONS, ROUND);
        if (load.others() > 0) {
            throw new IllegalStateException(load.others() + " answers were not the list of products");
        }
        figures.rate().add(load.perSecond());
        figures.p50().add(load.percentile(0.50));
        figures.p99().add(load.percentile(0.99));
        figures.threads().add(Machine.threads(composite.process()));
    }

    /** Returns once all of them hang. */
    private List<CompletableFuture<HttpResponse<String>>> call() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page).build();
        var calls = IntStream.range(0, CALLS)
                .mapToObj(call -> http.sendAsync(request, BodyHandlers.ofString()))
                .toList();
        var waiting = WaitProgress.reportedLater(CALLS + " calls to hang", System.err::println);
        while (active() < CALLS) {
            requireUnanswered(calls);
            waiting.pause(Duration.ofMillis(50));
        }
        return calls;
    }

    /** The requests that product-composite has not answered yet. */
    private double active() throws InterruptedException {
        return body(landscape.management("product-composite").resolve("/q/metrics"), "text/plain")
                .lines()
                .filter(line -> line.startsWith("http_server_active_requests{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }

    private byte[] body(URI address) throws InterruptedException {
        return body(address, "application/json").getBytes(StandardCharsets.UTF_8);
    }

    private String body(URI address, String type) throws InterruptedException {
        return retrying.send(HttpRequest.newBuilder(address).header("Accept", type), 200)
                .body();
    }

    private static void requireUnanswered(List<CompletableFuture<HttpResponse<String>>> calls) {
        long answered = calls.stream().filter(CompletableFuture::isDone).count();
        if (answered > 0) {
            throw new IllegalStateException(answered + " calls were answered while review was frozen");
        }
    }

    private static void requirePage(CompletableFuture<HttpResponse<String>> call) {
        HttpResponse<String> answer = call.join();
        if (answer.statusCode() != 200) { // with or without reviews
            throw new IllegalStateException("A page was answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private void report() {
        Bench.row("lists of products at " + CONNECTIONS + " connections", "alone", "while " + CALLS + " pages hang");
        Bench.row("---", "---", "---");
        Bench.row("requests per second", alone.rate().show(0), hanging.rate().show(0));
        Bench.row(Contender.P50, alone.p50().show(1), hanging.p50().show(1));
        Bench.row(Contender.P99, alone.p99().show(1), hanging.p99().show(1));
        Bench.row(
                "threads of product-composite",
                alone.threads().show(0),
                hanging.threads().show(0));
        System.out.printf(
                Locale.ROOT,
                "%nThe p99 while they hang, of the p99 alone: %.2f.%n",
                hanging.p99().median() / alone.p99().median());
    }
}
