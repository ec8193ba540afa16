package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Sends requests at a fixed rate, whether or not earlier ones have been answered. Any other result than the expected
 * status counts as a failure: another status, no response within {@link #PATIENCE}, no connection.
 */
final class Load implements AutoCloseable {
    /** Longer than the gateway's timeout, so that a slow service shows as the gateway's response. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .sslContext(Trust.CONTEXT)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private static final String PAGES = "/v1/product-composites/";

    private final IntFunction<HttpRequest> requests;
    private final long began = System.nanoTime();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Map<String, Integer> notWhole = new ConcurrentSkipListMap<>();
    private final Queue<Double> seconds = new ConcurrentLinkedQueue<>();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread clock;
    private volatile boolean closed;

    private Load(int perSecond, IntFunction<HttpRequest> requests) {
        this.requests = requests;
        clock = Thread.ofPlatform().daemon().start(() -> send(SECONDS.toNanos(1) / perSecond));
    }

    /** Reads this page only. */
    static Load ofReads(LiveLandscape landscape, long productId, int perSecond) {
        HttpRequest read = request(landscape, productId).build();
        return new Load(perSecond, number -> read);
    }

    /** Reads this page only, with another token than the landscape's. */
    static Load ofReads(LiveLandscape landscape, String token, long productId, int perSecond) {
        HttpRequest read = request(landscape, productId)
                .setHeader("Authorization", "Bearer " + token)
                .build();
        return new Load(perSecond, number -> read);
    }

    /** Reads this page, and writes another with every tenth request. */
    static Load ofReadsAndWrites(LiveLandscape landscape, long productId, int perSecond) {
        HttpRequest read = request(landscape, productId).build();
        HttpRequest.Builder write = request(landscape, Api.newId()).setHeader("Content-Type", "application/json");
        return new Load(perSecond, number -> number % 10 == 0 ? write(write, number) : read);
    }

    /** Returns once so many more requests were answered. */
    void awaitMore(int count) {
        int enough = ended.get() + count;
        await().atMost(60, SECONDS).until(() -> ended.get() >= enough);
    }

    /** Stops, prints a summary, and fails if a single request has failed. */
    void requireNoFailure() {
        close();
        System.out.println("    load: " + summary());
        assertEquals(
                List.of(),
                failures.stream().limit(20).toList(),
                () -> failures.size() + " of " + sent + " requests failed");
    }

    /** How many requests there were, and what became of them. */
    String summary() {
        double[] ascending = ascending();
        return String.format(
                Locale.ROOT,
                "%d requests in %.0f s, %d failed, %d incomplete pages %s; 99 of 100 took up to %.2f s, the slowest %.2f s",
                sent.get(),
                seconds(began),
                failures.size(),
                notWhole.values().stream().mapToInt(Integer::intValue).sum(),
                notWhole,
                ascending[(ascending.length - 1) * 99 / 100],
                ascending[ascending.length - 1]);
    }

    /** The trace ids of the responses so far that were as expected. */
    List<String> traces() {
        return List.copyOf(traces);
    }

    /** Within which nine of ten requests were answered, in seconds. */
    double nineOfTenWithin() {
        double[] ascending = ascending();
        return ascending[(ascending.length - 1) * 9 / 10];
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(clock);
        await().atMost(PATIENCE.plusSeconds(10)).until(() -> !clock.isAlive() && ended.get() == sent.get());
    }

    private void send(long interval) {
        for (long number = 0; !closed; number++) {
            long due = began + number * interval;
            while (System.nanoTime() < due && !closed) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (!closed) {
                send(requests.apply((int) number));
            }
        }
    }

    private void send(HttpRequest request) {
        long start = System.nanoTime();
        sent.incrementAndGet();
        HTTP.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, failure) -> {
            seconds.add(seconds(start));
            if (failure != null) {
                fail(start, request, failure.toString());
            } else if (response.statusCode() != (request.method().equals("GET") ? 200 : 202)) {
                fail(start, request, response.statusCode() + " " + response.body());
            } else {
                keep(request, Response.of(response));
            }
            ended.incrementAndGet();
        });
    }

    private void keep(HttpRequest request, Response response) {
        if (!response.header("traceresponse").isEmpty()) {
            traces.add(response.traceId());
        }
        if (request.method().equals("GET") && !response.isWhole()) {
            notWhole.merge(lackOf(response), 1, Integer::sum);
        }
    }

    /** What makes a page incomplete, such as {@code reviews, remembered product}. */
    private static String lackOf(Response page) {
        List<String> lack = new ArrayList<>(page.missing());
        if (page.json().has("remembered")) {
            lack.add("remembered product");
        }
        return String.join(", ", lack);
    }

    private void fail(long start, HttpRequest request, String how) {
        failures.add(String.format(
                Locale.ROOT,
                "sent at %.1f s, after %.1f s: %s %s",
                (start - began) / 1e9,
                seconds(start),
                request.method(),
                how));
    }

    private double[] ascending() {
        return seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static HttpRequest.Builder request(LiveLandscape landscape, long productId) {
        var request = HttpRequest.newBuilder(landscape.address().resolve(PAGES + productId))
                .timeout(PATIENCE);
        landscape.token().ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        return request;
    }

    private static HttpRequest write(HttpRequest.Builder page, int number) {
        return page.PUT(BodyPublishers.ofString(Pages.named("Written " + number)))
                .build();
    }
}
