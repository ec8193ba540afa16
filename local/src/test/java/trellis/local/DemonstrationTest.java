package trellis.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a stub of product-composite that stores pages and can be made unavailable. */
class DemonstrationTest {
    private static final List<String> PAGES =
            List.of("/v1/product-composites/1", "/v1/product-composites/2", "/v1/product-composites/3");

    private final Collection<String> stored = new ConcurrentSkipListSet<>();
    private final Queue<Integer> failedReads = new ArrayDeque<>();
    private final Queue<Integer> failedWrites = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void repeatsAReadThatIsAnswered503() throws Exception {
        failedReads.addAll(List.of(503, 503));
        load();
        assertEquals(PAGES, List.copyOf(stored).subList(0, PAGES.size()));
        assertEquals(stored.size() + " demonstration products loaded", said.getLast());
    }

    @Test
    void waitsForRetryAfterBeforeItRepeatsAWrite() throws Exception {
        failedWrites.addAll(List.of(503, 503));
        long start = System.nanoTime();
        load();
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() >= 2, "one second for each of the two");
        assertEquals(PAGES, List.copyOf(stored).subList(0, PAGES.size()));
        assertEquals(
                List.of(
                        "waiting for PUT " + address() + PAGES.getFirst() + " to succeed, 0 s so far",
                        stored.size() + " demonstration products loaded"),
                said);
    }

    @Test
    void failsIfAWriteIsRefused() {
        failedWrites.add(422);
        var refusal = assertThrows(IllegalStateException.class, this::load);
        assertEquals("PUT " + address() + PAGES.getFirst() + " returned 422: No", refusal.getMessage());
    }

    @Test
    void failsIfAReadIsRefused() {
        failedReads.add(400);
        var refusal = assertThrows(IllegalStateException.class, this::load);
        assertEquals("GET " + address() + PAGES.getFirst() + " returned 400: No", refusal.getMessage());
    }

    @Test
    void doesNotOverwriteExistingProducts() throws Exception {
        load();
        said.clear();
        load();
        assertEquals(List.of("the demonstration products exist"), said);
    }

    private void load() throws InterruptedException {
        new Demonstration(address(), said::add).load();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String page = exchange.getRequestURI().getPath();
        boolean write = exchange.getRequestMethod().equals("PUT");
        exchange.getRequestBody().readAllBytes();
        Integer failure = (write ? failedWrites : failedReads).poll();
        if (failure != null) {
            if (failure == 503) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(failure, 0);
            exchange.getResponseBody().write("No".getBytes(StandardCharsets.UTF_8));
        } else if (write) {
            stored.add(page);
            exchange.sendResponseHeaders(202, -1);
        } else {
            exchange.sendResponseHeaders(stored.contains(page) ? 200 : 404, -1);
        }
        exchange.close();
    }
}
