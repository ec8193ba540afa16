package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LandscapeResolver.class)
class BrokerGoneTest {
    private final LiveLandscape landscape;
    private final Api api;

    BrokerGoneTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    /**
     * Whether a write was stored that was in flight when the broker died is unknown: it was refused, but may be
     * there. A client that writes one page after another has at most one such write.
     */
    @Test
    void everyAcceptedWriteIsStoredAndNoRefusedOne() {
        Map<Long, Integer> written = new ConcurrentSkipListMap<>();
        try (var writer = new RepeatedRead(() -> write(written))) {
            writer.awaitMore(30);
            landscape.kill("kafka");
            await().atMost(30, SECONDS).until(() -> count(written, 503) >= 3);
            landscape.start("kafka");
            int before = count(written, 202);
            await().atMost(60, SECONDS).until(() -> count(written, 202) > before + 30);
            writer.close();
            writer.requireOnly(response -> response.status() == 202 || response.status() == 503);
        }

        written.forEach((id, status) -> {
            if (status == 202) {
                await().atMost(60, SECONDS)
                        .untilAsserted(() -> assertEquals(
                                "Product " + id,
                                api.page(id)
                                        .requireStatus(200)
                                        .json()
                                        .path("name")
                                        .asText()));
            }
        });
        List<Long> refusedAndThere = written.keySet().stream()
                .filter(id -> written.get(id) == 503)
                .filter(id -> api.page(id).status() != 404)
                .toList();
        assertTrue(refusedAndThere.size() <= 1, () -> "Refused, but stored: " + refusedAndThere);
    }

    @Test
    void readsGoOnWithoutABroker() {
        long productId = Api.newId();
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).until(() -> api.page(productId).status() == 200);
        try (var reader = new RepeatedRead(() -> api.page(productId))) {
            landscape.kill("kafka");
            reader.awaitMore(50);
            api.put(productId, Pages.named("Pot")).requireUnavailable();
            api.delete(productId).requireUnavailable();
            for (String service : LiveLandscape.SERVICES) {
                api.get(landscape.management(service).resolve("/q/health/ready"))
                        .requireStatus(200);
                api.get(landscape.management(service).resolve("/q/health/live")).requireStatus(200);
            }
            reader.requireOnly(response -> response.status() == 200);
        }
    }

    private Response write(Map<Long, Integer> written) {
        long id = Api.newId();
        Response response = api.put(id, Pages.named("Product " + id));
        if (response.status() == 503) {
            response.requireUnavailable();
        }
        written.put(id, response.status());
        return response;
    }

    private static int count(Map<Long, Integer> written, int status) {
        return (int) written.values().stream().filter(one -> one == status).count();
    }
}
