package trellis.review;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static trellis.review.Api.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trellis.local.KafkaBroker;
import trellis.local.TestLog;

@RealStores
class ReviewResourceTest {

    KafkaBroker broker;

    @Test
    void servesItsContract() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        JsonNode served = yaml.readTree(given().get("/openapi").asString());
        JsonNode promised = yaml.readTree(Api.read(Api.CONTRACT));
        assertEquals(promised.get("paths"), served.get("paths"));
        assertEquals(promised.get("components"), served.get("components"));
    }

    @Test
    void servesAllOfAProductInTheOrderOfTheirIds() {
        append(701, review(2, "S80"), review(1, "S90"));
        await().untilAsserted(() -> call().get("/v1/reviews?productId=701")
                .then()
                .statusCode(200)
                .body("reviews.reviewId", equalTo(List.of(1, 2)))
                .body("reviews.subject", equalTo(List.of("S90", "S80"))));
    }

    @Test
    void servesNoneOfAnUnknownProduct() {
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
    void refusesAnIdThatIsMissingNoNumberOrNoId() {
        problem("", 400);
        problem("?productId=abc", 400);
        problem("?productId=-1", 422);
    }

    private static void problem(String query, int status) {
        call().get("/v1/reviews" + query)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("instance", equalTo("/v1/reviews"))
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
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
