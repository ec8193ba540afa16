package trellis.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a stand-in of product-composite that holds pages, and is not always able to say what it holds. */
class DemonstrationTest {
    private static final List<String> PAGES =
            List.of("/v1/product-composites/1", "/v1/product-composites/2", "/v1/product-composites/3");

    private final Collection<String> held = new ConcurrentSkipListSet<>();
    private final Queue<Integer> excuses = new ArrayDeque<>();
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
    void waitsForAServiceThatCannotSayYetWhatIsThere() throws Exception {
        excuses.addAll(List.of(503, 503));
        load();
        assertEquals(PAGES, List.copyOf(held).subList(0, PAGES.size()));
        assertEquals(List.of(held.size() + " demonstration products loaded"), said);
    }

    @Test
    void leavesAloneWhatIsThere() throws Exception {
        load();
        said.clear();
        load();
        assertEquals(List.of("the demonstration products are there"), said);
    }

    private void load() throws InterruptedException {
        new Demonstration(URI.create("http://127.0.0.1:" + server.getAddress().getPort())).load(said::add);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String page = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PUT")) {
            held.add(page);
            exchange.sendResponseHeaders(202, -1);
        } else if (!excuses.isEmpty()) {
            exchange.sendResponseHeaders(excuses.remove(), -1);
        } else {
            exchange.sendResponseHeaders(held.contains(page) ? 200 : 404, -1);
        }
        exchange.close();
    }
}
