package trellis.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** Passes on requests as the edge of a cluster does, and can answer those to the API itself, as that one does too. */
final class StandInEdge implements AutoCloseable {

    private record Answer(int status, Map<String, String> headers, String body) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI behind;
    private volatile Answer ofTheApi;
    private volatile Answer settings;

    StandInEdge(URI behind) {
        this.behind = behind;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, null));
        server.createContext("/page.json", exchange -> answer(exchange, settings));
        server.createContext("/v1/", exchange -> answer(exchange, ofTheApi));
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Answers every request to the API from now on. */
    void refuse(int status, Map<String, String> headers, String body) {
        ofTheApi = new Answer(status, headers, body);
    }

    /** Answers with these settings of the page instead of the service's own. */
    void tell(String settings) {
        this.settings = new Answer(200, Map.of("Content-Type", "application/json"), settings);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void answer(HttpExchange exchange, Answer own) throws IOException {
        try (exchange) {
            if (own == null) {
                pass(exchange);
            } else {
                own.headers.forEach(exchange.getResponseHeaders()::add);
                send(exchange, own.status, own.body.getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Accept", "Content-Type", "If-None-Match")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        response.headers().map().forEach((name, values) -> {
            if (!name.equals("content-length")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, response.statusCode(), response.body());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
