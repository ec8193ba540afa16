package trellis.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/** A few products to look at, put through the public API like anyone's. */
final class Demonstration {
    private static final int REHEARSALS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    Demonstration(URI productComposite) {
        address = productComposite;
    }

    /** Puts those that aren't there; one that was changed since stays as it is. */
    void load(Consumer<String> progress) throws InterruptedException {
        int put = 0;
        try (var products = Demonstration.class.getResourceAsStream("/demonstration.json")) {
            for (JsonNode product : new ObjectMapper().readTree(products)) {
                put += load((ObjectNode) product) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration products can't be loaded", e);
        }
        progress.accept(put == 0 ? "the demonstration products are there" : put + " demonstration products loaded");
    }

    /** Loads them and reads them often: the requests that services are trained by. */
    void rehearse() throws InterruptedException {
        load(progress -> {});
        try {
            for (int request = 0; request < REHEARSALS; request++) {
                String path = request % 10 == 0 ? "?limit=5" : "/" + (1 + request % 5);
                send(HttpRequest.newBuilder(address.resolve("/v1/product-composites" + path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The services can't be trained", e);
        }
    }

    private boolean load(ObjectNode product) throws IOException, InterruptedException {
        URI page = address.resolve(
                "/v1/product-composites/" + product.remove("productId").asInt());
        if (isThere(page)) {
            return false;
        }
        HttpResponse<String> answer = send(HttpRequest.newBuilder(page)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(product.toString())));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(page + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return true;
    }

    /** Asks again while nobody can say: what was called before its neighbours had started leaves them alone for ten seconds. */
    private boolean isThere(URI page) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(page));
        while (answer.statusCode() != 200 && answer.statusCode() != 404) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(page + " answers " + answer.statusCode() + ": " + answer.body());
            }
            Thread.sleep(200);
            answer = send(HttpRequest.newBuilder(page));
        }
        return answer.statusCode() == 200;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }
}
