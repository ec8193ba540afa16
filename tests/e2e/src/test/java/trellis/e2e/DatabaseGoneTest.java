package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LandscapeResolver.class)
class DatabaseGoneTest {
    private final LiveLandscape landscape;
    private final Api api;
    private final long productId = Api.newId();

    DatabaseGoneTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void aServiceWithoutItsDatabaseAnswers503StaysReadyAndRecovers() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).until(() -> isWhole("Kettle"));
        URI product = landscape.address("product").resolve("/v1/products/" + productId);
        try (var reader = new RepeatedRead(() -> api.page(productId));
                var neighbour = new RepeatedRead(() -> api.get(product))) {
            landscape.kill("product-db");
            await().atMost(20, SECONDS).until(() -> api.get(product).status() == 503);
            api.get(product).requireUnavailable();
            api.get(health("product", "ready")).requireStatus(200);
            api.get(health("product", "live")).requireStatus(200);
            reader.awaitMore(20);

            landscape.start("product-db");
            await().atMost(30, SECONDS).until(() -> isWhole("Kettle"));
            neighbour.requireOnly(response -> response.status() == 200 || response.status() == 503);
            reader.requireOnly(response -> response.status() == 200); // from the cache of last-seen products
        }
    }

    @Test
    void aPageIsServedWithoutThePartWhoseDatabaseIsGone() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).until(() -> isWhole("Kettle"));
        try (var reader = new RepeatedRead(() -> api.page(productId))) {
            landscape.kill("review-db");
            await().atMost(20, SECONDS)
                    .until(() -> api.page(productId).missing().equals(List.of("reviews")));
            landscape.start("review-db");
            await().atMost(30, SECONDS).until(() -> isWhole("Kettle"));
            reader.requireOnly(response -> response.status() == 200);
        }
    }

    @Test
    void updatesSentWhileADatabaseIsGoneWaitInTheLogAndArriveWhenItIsBack() {
        long[] ids = LongStream.generate(Api::newId).limit(40).toArray();
        landscape.kill("product-db");
        for (long id : ids) {
            api.put(id, Pages.named("Product " + id)).requireStatus(202);
        }
        await().atMost(30, SECONDS).until(() -> lag("product") > 3);

        landscape.start("product-db");
        for (long id : ids) {
            await().atMost(60, SECONDS)
                    .untilAsserted(() -> assertEquals(
                            "Product " + id,
                            api.page(id).requireStatus(200).json().path("name").asText()));
        }
        await().atMost(30, SECONDS).until(() -> lag("product") == 0);
    }

    @Test
    void anUpdateOfOneServiceDoesNotWaitForTheDatabaseOfAnother() {
        landscape.kill("review-db");
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).untilAsserted(() -> {
            Response page = api.page(productId).requireStatus(200);
            assertEquals(List.of("reviews"), page.missing());
            assertEquals(1, page.json().path("recommendations").size());
        });
        landscape.start("review-db");
        await().atMost(30, SECONDS).until(() -> isWhole("Kettle"));
    }

    /** How many seconds the service is behind the log of updates, according to its metrics. */
    private double lag(String service) {
        return api.metrics(landscape.management(service)).greatest("updates_lag_seconds");
    }

    private URI health(String service, String kind) {
        return landscape.management(service).resolve("/q/health/" + kind);
    }

    private boolean isWhole(String name) {
        Response page = api.page(productId);
        return page.isWhole()
                && page.json().path("name").asText().equals(name)
                && !page.json().path("reviews").isEmpty();
    }
}
