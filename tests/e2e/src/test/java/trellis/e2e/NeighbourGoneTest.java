package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LandscapeResolver.class)
class NeighbourGoneTest {
    private final LiveLandscape landscape;
    private final Api api;
    private final long productId = Api.newId();

    NeighbourGoneTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @BeforeEach
    void putAPage() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).until(this::isWhole);
    }

    @ParameterizedTest
    @CsvSource({"review, reviews", "recommendation, recommendations"})
    void aPageIsServedWithoutThePartWhoseServiceIsGoneAndWholeWhenItIsBack(String service, String part) {
        try (var reader = new RepeatedRead(() -> api.page(productId))) {
            reader.awaitMore(20);
            landscape.kill(service);
            await().atMost(20, SECONDS)
                    .until(() -> api.page(productId).missing().equals(List.of(part)));
            reader.awaitMore(50);
            Response partial = api.page(productId).requireStatus(200);
            assertTrue(partial.json().path(part).isEmpty(), partial.body());
            assertEquals("Kettle", partial.json().path("name").asText());

            landscape.start(service);
            await().atMost(60, SECONDS).until(this::isWhole);
            reader.awaitMore(20);
            reader.requireOnly(response -> response.status() == 200);
        }
    }

    @Test
    void withoutTheProductServiceAPageIsServedAsLastSeenOrAnswered503() {
        long neverRead = Api.newId();
        api.put(neverRead, Pages.named("Pot")).requireStatus(202);
        try (var reader = new RepeatedRead(() -> api.page(productId))) {
            landscape.kill("product");
            await().atMost(20, SECONDS).until(() -> api.page(productId).json().has("remembered"));
            Response remembered = api.page(productId).requireStatus(200);
            assertEquals("Kettle", remembered.json().path("name").asText());
            assertEquals("product", remembered.json().at("/remembered/part").asText());
            assertTrue(remembered.header("Age").matches("\\d+"), "It says how old it is");
            api.page(neverRead).requireUnavailable();
            api.pages(0, 10).requireUnavailable();
            reader.awaitMore(50);

            landscape.start("product");
            await().atMost(60, SECONDS).until(this::isWhole);
            reader.requireOnly(response -> response.status() == 200);
        }
    }

    private boolean isWhole() {
        return api.isWhole(productId);
    }
}
