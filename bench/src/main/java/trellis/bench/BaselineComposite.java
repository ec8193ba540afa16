package trellis.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Calls the three concurrently and merges their responses into one page. */
final class BaselineComposite extends AbstractVerticle {
    private static final int CONNECTIONS = 100; // to each, as in product-composite

    private final int port;
    private final int product;
    private final int recommendation;
    private final int review;
    private HttpClient client;

    BaselineComposite(int port, int product, int recommendation, int review) {
        this.port = port;
        this.product = product;
        this.recommendation = recommendation;
        this.review = review;
    }

    @Override
    public void start(Promise<Void> started) {
        client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
        vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void answer(HttpServerRequest request) {
        Future<JsonObject> products = ask(product, request.path());
        Future<JsonObject> recommendations = ask(recommendation, request.path());
        Future<JsonObject> reviews = ask(review, request.path());
        Future.all(products, recommendations, reviews)
                .onSuccess(all -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(page(products.result(), recommendations.result(), reviews.result())))
                .onFailure(failure -> request.response().setStatusCode(503).end(failure.toString()));
    }

    private Future<JsonObject> ask(int neighbour, String path) {
        return client.request(HttpMethod.GET, neighbour, "127.0.0.1", path)
                .compose(request -> request.send())
                .compose(HttpClientResponse::body)
                .map(Buffer::toJsonObject);
    }

    private static Buffer page(JsonObject product, JsonObject recommendations, JsonObject reviews) {
        return product.put("recommendations", recommendations.getJsonArray("recommendations"))
                .put("reviews", reviews.getJsonArray("reviews"))
                .put("missing", new JsonArray())
                .toBuffer();
    }
}
