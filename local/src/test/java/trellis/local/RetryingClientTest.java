package trellis.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetryingClientTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> said = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void retriesAfterATimeout() throws Exception {
        server.createContext("/", exchange -> {
            if (asked.incrementAndGet() == 1) {
                awaitTheEnd();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        assertEquals(200, send(Duration.ofMillis(200)));
        assertEquals(2, asked.get());
        assertEquals(List.of("waiting for GET " + address() + " to succeed, 0 s so far"), said);
    }

    @Test
    void failsIfTheConnectionIsRefused() {
        URI nobody = address();
        server.stop(0);
        var refusal = assertThrows(IllegalStateException.class, () -> send(Duration.ofSeconds(20)));
        assertTrue(refusal.getMessage().startsWith("GET " + nobody + " failed: "), refusal.getMessage());
    }

    private int send(Duration timeout) throws InterruptedException {
        return new RetryingClient(said::add, timeout)
                .send(HttpRequest.newBuilder(address()), 200)
                .statusCode();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
