package trellis.review;

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
class ReviewResourceTest extends ResourceTest {

    KafkaBroker broker;

    @Test
    void servesAllOfAProductOrderedById() {
        append(701, review(2, "S80"), review(1, "S90"));
        await().untilAsserted(() -> call().get("/v1/reviews?productId=701")
                .then()
                .statusCode(200)
                .body("reviews.reviewId", equalTo(List.of(1, 2)))
                .body("reviews.subject", equalTo(List.of("S90", "S80"))));
    }

    @Test
    void servesAnEmptyListForAnUnknownProduct() {
        call().get("/v1/reviews?productId=13").then().statusCode(200).body("reviews", empty());
    }

    @Test
    void replacesAllOfAProductAtOnce() {
        append(702, review(1, "S10"), review(2, "S20"));
        awaitSubjects(702, List.of("S10", "S20"));
        append(702, review(2, "S30"), review(3, "S40"));
        awaitSubjects(702, List.of("S30", "S40"));
        append(702);
        awaitSubjects(702, List.of());
    }

    @Test
    void refusesAMissingOrInvalidId() {
        problem("/v1/reviews", 400, "Bad Request");
        problem("/v1/reviews?productId=abc", 400, "Bad Request");
        problem("/v1/reviews?productId=-1", 422, "Unprocessable Content");
    }

    private static void awaitSubjects(long productId, List<String> subjects) {
        await().untilAsserted(() -> call().get("/v1/reviews?productId=" + productId)
                .then()
                .body("reviews", hasSize(subjects.size()))
                .body("reviews.subject", equalTo(subjects)));
    }

    private void append(long productId, String... reviews) {
        String state = "{\"productId\": %d, \"name\": \"Trellis\", \"reviews\": [%s]}"
                .formatted(productId, String.join(", ", reviews));
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", Long.toString(productId), state, Map.of());
        }
    }

    private static String review(long id, String subject) {
        return "{\"reviewId\": %d, \"author\": \"Alma\", \"subject\": \"%s\", \"content\": \"Good\"}"
                .formatted(id, subject);
    }
}
