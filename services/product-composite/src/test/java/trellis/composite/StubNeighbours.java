package trellis.composite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** HTTP stubs of the three services at one address; a test sets their responses. */
public class StubNeighbours implements QuarkusTestResourceLifecycleManager {

    private static final String PRODUCT = "{\"productId\": %s, \"name\": \"Trellis\", \"weight\": 2400, \"new\": true}";
    private static final String RECOMMENDATIONS =
            "{\"recommendations\": [{\"recommendationId\": 1, \"author\": \"Alma\", \"rate\": 90, \"content\": \"Good\"}]}";
    private static final String REVIEWS =
            "{\"reviews\": [{\"reviewId\": 1, \"author\": \"Bela\", \"subject\": \"Summer\", \"content\": \"Stands\"}]}";

    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Map<String, String> instances = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch arrivals = new CountDownLatch(0);
    private HttpServer server;

    /** Makes a neighbour answer with this status from now on. */
    void answer(String neighbour, int status) {
        statuses.put(neighbour, status);
    }

    /** Has a proxy answer in place of a neighbour, as Envoy does if no instance is there. */
    void remove(String neighbour) {
        absent.add(neighbour);
    }

    /** Makes a neighbour fail the next call, and only that. */
    void failOnce(String neighbour) {
        failing.add(neighbour);
    }

    /** Makes a neighbour send this in the header served-by, instead of an instance that is named after the product. */
    void nameInstances(String neighbour, String instances) {
        this.instances.put(neighbour, instances);
    }

    /** Makes all of them answer normally and without delay. */
    void heal() {
        statuses.clear();
        absent.clear();
        failing.clear();
        instances.clear();
        arrivals = new CountDownLatch(0);
    }

    /** Delays all responses until so many calls have arrived. */
    void answerOnlyTogether(int expected) {
        arrivals = new CountDownLatch(expected);
    }

    int calls(String neighbour) {
        return calls.computeIfAbsent(neighbour, any -> new AtomicInteger()).get();
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        serve("product", "/v1/products", StubNeighbours::product);
        serve("recommendation", "/v1/recommendations", exchange -> send(exchange, 200, RECOMMENDATIONS));
        serve("review", "/v1/reviews", exchange -> send(exchange, 200, REVIEWS));
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "quarkus.rest-client.product.url", url,
                "quarkus.rest-client.recommendation.url", url,
                "quarkus.rest-client.review.url", url);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(StubNeighbours.class));
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void serve(String neighbour, String path, Consumer<HttpExchange> answer) {
        server.createContext(path, exchange -> {
            calls.computeIfAbsent(neighbour, any -> new AtomicInteger()).incrementAndGet();
            arrivals.countDown();
            if (absent.contains(neighbour)) {
                exchange.getResponseHeaders().add("Server", "envoy");
                send(exchange, 503, "no healthy upstream");
                return;
            }
            exchange.getResponseHeaders().add("served-by", instancesFor(neighbour, exchange));
            Integer status = !together() || failing.remove(neighbour) ? Integer.valueOf(500) : statuses.get(neighbour);
            if (status == null) {
                answer.accept(exchange);
            } else {
                send(exchange, status, "{}");
            }
        });
    }

    private String instancesFor(String neighbour, HttpExchange exchange) {
        String product = exchange.getRequestURI().toString().replaceFirst("^.*\\D", "");
        return instances.getOrDefault(neighbour, "%s;of-%s-%d;1".formatted(neighbour, product, calls(neighbour)));
    }

    private boolean together() {
        try {
            return arrivals.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void product(HttpExchange exchange) {
        String id = exchange.getRequestURI().getPath().replaceFirst("/v1/products/?", "");
        if (id.isEmpty()) {
            send(exchange, 200, "{\"products\": [" + PRODUCT.formatted(7) + "], \"next\": 7}");
        } else if (id.equals("13")) {
            send(exchange, 404, "{}");
        } else {
            send(exchange, 200, PRODUCT.formatted(id));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
