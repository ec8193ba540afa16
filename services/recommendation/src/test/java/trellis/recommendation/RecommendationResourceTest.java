package trellis.recommendation;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static trellis.chassis.testing.Contract.call;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;
import trellis.chassis.testing.ResourceTest;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@QuarkusTest
@RealStores
class RecommendationResourceTest extends ResourceTest {

    KafkaBroker broker;

    @Test
    void servesAllOfAProductOrderedById() {
        append(701, recommendation(2, 80), recommendation(1, 90));
        await().untilAsserted(() -> call().get("/v1/recommendations?productId=701")
                .then()
                .statusCode(200)
                .body("recommendations.recommendationId", equalTo(List.of(1, 2)))
                .body("recommendations.rate", equalTo(List.of(90, 80))));
    }

    @Test
    void servesAnEmptyListForAnUnknownProduct() {
        call().get("/v1/recommendations?productId=13").then().statusCode(200).body("recommendations", empty());
    }

    @Test
    void replacesAllOfAProductAtOnce() {
        append(702, recommendation(1, 10), recommendation(2, 20));
        awaitRates(702, List.of(10, 20));
        append(702, recommendation(2, 30), recommendation(3, 40));
        awaitRates(702, List.of(30, 40));
        append(702);
        awaitRates(702, List.of());
    }

    @Test
    void refusesAMissingOrInvalidId() {
        problem("/v1/recommendations", 400, "Bad Request");
        problem("/v1/recommendations?productId=abc", 400, "Bad Request");
        problem("/v1/recommendations?productId=-1", 422, "Unprocessable Content");
    }

    private static void awaitRates(long productId, List<Integer> rates) {
        await().untilAsserted(() -> call().get("/v1/recommendations?productId=" + productId)
                .then()
                .body("recommendations", hasSize(rates.size()))
                .body("recommendations.rate", equalTo(rates)));
    }

    private void append(long productId, String... recommendations) {
        String state = "{\"productId\": %d, \"name\": \"Trellis\", \"recommendations\": [%s]}"
                .formatted(productId, String.join(", ", recommendations));
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", Long.toString(productId), state, Map.of());
        }
    }

    private static String recommendation(long id, int rate) {
        return "{\"recommendationId\": %d, \"author\": \"Alma\", \"rate\": %d, \"content\": \"Good\"}"
                .formatted(id, rate);
    }
}
