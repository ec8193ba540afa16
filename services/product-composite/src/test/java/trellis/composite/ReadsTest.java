package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static trellis.chassis.testing.Contract.call;

import io.restassured.response.ValidatableResponse;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.ResourceTest;

@RealBroker
class ReadsTest extends ResourceTest {

    private static final String PAGE = "/v1/product-composites/";

    @Inject
    CircuitBreakerMaintenance breakers;

    StubNeighbours neighbours;

    @BeforeEach
    void allIsWell() {
        neighbours.heal();
        breakers.resetAll();
    }

    @Test
    void assemblesThePage() {
        call().get(PAGE + 1)
                .then()
                .statusCode(200)
                .body("productId", equalTo(1))
                .body("name", equalTo("Trellis"))
                .body("weight", equalTo(2400))
                .body("recommendations[0].rate", equalTo(90))
                .body("reviews[0].subject", equalTo("Summer"))
                .body("missing", empty())
                .body("remembered", nullValue())
                .header("served-by", nullValue()); // off by default
    }

    @Test
    void callsTheThreeNeighboursConcurrently() {
        neighbours.answerOnlyTogether(3);
        call().get(PAGE + 2).then().statusCode(200).body("missing", empty());
    }

    @Test
    void servesThePageWithoutReviewsWhenReviewsAreGone() {
        neighbours.answer("review", 503);
        call().get(PAGE + 1)
                .then()
                .statusCode(200)
                .body("missing", contains("reviews"))
                .body("reviews", empty())
                .body("recommendations[0].author", equalTo("Alma"));
    }

    @Test
    void servesThePageWithoutRecommendationsWhenTheyAreGone() {
        neighbours.answer("recommendation", 500);
        call().get(PAGE + 1)
                .then()
                .statusCode(200)
                .body("missing", contains("recommendations"))
                .body("reviews[0].author", equalTo("Bela"));
    }

    @Test
    void servesTheProductAsItWasLastSeenWhenItsServiceIsGone() {
        call().get(PAGE + 3).then().statusCode(200);
        neighbours.answer("product", 503);
        call().get(PAGE + 3)
                .then()
                .statusCode(200)
                .header("Age", matchesPattern("\\d+"))
                .body("name", equalTo("Trellis"))
                .body("remembered.part", equalTo("product"))
                .body("remembered.asOf", notNullValue());
    }

    @Test
    void answers503IfTheProductWasNotSeenBefore() {
        neighbours.answer("product", 503);
        problem(PAGE + 404404, 503)
                .header("Retry-After", "1")
                .body("detail", equalTo("The product service is unavailable"));
    }

    @Test
    void retriesAFailedCallOnce() {
        neighbours.answer("review", 503);
        int before = neighbours.calls("review");
        call().get(PAGE + 1).then().statusCode(200);
        assertEquals(before + 2, neighbours.calls("review"));
    }

    @Test
    void doesNotCountA404AsAFailure() {
        int before = neighbours.calls("product");
        for (int i = 0; i < 10; i++) {
            problem(PAGE + 13, 404).body("detail", equalTo("No product found for productId: 13"));
        }
        assertEquals(before + 10, neighbours.calls("product"));
    }

    @Test
    void servesProductsInPages() {
        call().get("/v1/product-composites?after=6&limit=1")
                .then()
                .statusCode(200)
                .body("products[0].productId", equalTo(7))
                .body("next", equalTo(7));
    }

    @Test
    void answers304IfThePageHasNotChanged() {
        String tag = call().get(PAGE + 1).then().statusCode(200).extract().header("ETag");
        call().header("If-Match", "\"another\"").get(PAGE + 1).then().statusCode(412);
        given().header("If-None-Match", tag)
                .get(PAGE + 1)
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(equalTo(""));
        neighbours.answer("review", 503);
        given().header("If-None-Match", tag).get(PAGE + 1).then().statusCode(200);
    }

    @Test
    void refusesInvalidIdsAndLimits() {
        problem(PAGE + "abc", 400).body("title", equalTo("Bad Request"));
        problem(PAGE + "-1", 422)
                .body("detail", equalTo("Invalid productId: -1"))
                .body("violations.field", equalTo(List.of("productId")));
        problem("/v1/product-composites?limit=0", 422);
        problem("/v1/product-composites?limit=101", 422);
        problem("/v1/product-composites?limit=x", 400);
    }

    @Test
    void refusesOtherMediaTypesMethodsAndPaths() {
        call().accept("text/html").get(PAGE + 1).then().statusCode(406).contentType("application/problem+json");
        given().post(PAGE + 1).then().statusCode(405).contentType("application/problem+json");
        given().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
    }

    private static ValidatableResponse problem(String path, int status) {
        return call().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("instance", equalTo(path.replaceFirst("\\?.*", "")))
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
    }
}
