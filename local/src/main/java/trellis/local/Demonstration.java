package trellis.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Consumer;

/** Example products, written through the public API. */
final class Demonstration {
    private static final int TRAINING_READS = 3_000;

    private final URI address;
    private final Consumer<String> progress;
    private final RetryingClient http;

    /** @param progress receives messages on what is being done or waited for */
    Demonstration(URI productComposite, Consumer<String> progress) {
        address = productComposite;
        this.progress = progress;
        http = new RetryingClient(progress);
    }

    /** Writes the products that do not exist; does not overwrite one that was changed. */
    void load() throws InterruptedException {
        int put = 0;
        try (var products = Demonstration.class.getResourceAsStream("/demonstration.json")) {
            for (JsonNode product : new ObjectMapper().readTree(products)) {
                put += load((ObjectNode) product) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The demonstration products can't be read", e);
        }
        progress.accept(put == 0 ? "the demonstration products exist" : put + " demonstration products loaded");
    }

    /** Loads the products and reads them often, to train the services for their AOT cache. */
    void train() throws InterruptedException {
        load();
        for (int request = 0; request < TRAINING_READS; request++) {
            read(page(request % 10 == 0 ? "?limit=5" : "/" + (1 + request % 5)));
        }
    }

    private boolean load(ObjectNode product) throws InterruptedException {
        URI page = page("/" + product.remove("productId").asInt());
        if (read(page).statusCode() == 200) {
            return false;
        }
        http.send(
                HttpRequest.newBuilder(page)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(product.toString())),
                202);
        return true;
    }

    private HttpResponse<String> read(URI page) throws InterruptedException {
        return http.send(HttpRequest.newBuilder(page), 200, 404);
    }

    private URI page(String path) {
        return address.resolve("/v1/product-composites" + path);
    }
}
