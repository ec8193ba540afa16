package trellis.product;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static trellis.product.Api.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trellis.local.KafkaBroker;
import trellis.local.TestLog;

@RealStores
class ProductResourceTest {

    KafkaBroker broker;

    @BeforeEach
    void threeProducts() {
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            for (int id = 701; id <= 703; id++) {
                String state =
                        "{\"productId\": %d, \"name\": \"Trellis %d\", \"weight\": %d}".formatted(id, id, id * 2);
                log.append("product-composites", Integer.toString(id), state, Map.of());
            }
        }
        for (int id = 701; id <= 703; id++) {
            String path = "/v1/products/" + id;
            await().untilAsserted(() -> given().get(path).then().statusCode(200));
        }
    }

    @Test
    void servesItsContract() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        JsonNode served = yaml.readTree(given().get("/openapi").asString());
        JsonNode promised = yaml.readTree(Api.read(Api.CONTRACT));
        assertEquals(promised.get("paths"), served.get("paths"));
        assertEquals(promised.get("components"), served.get("components"));
    }

    @Test
    void servesAProduct() {
        call().get("/v1/products/702")
                .then()
                .statusCode(200)
                .body("productId", equalTo(702))
                .body("name", equalTo("Trellis 702"))
                .body("weight", equalTo(1404));
    }

    @Test
    void servesProductsInPages() {
        call().get("/v1/products?after=700&limit=2")
                .then()
                .statusCode(200)
                .body("products.productId", equalTo(java.util.List.of(701, 702)))
                .body("next", equalTo(702));
        call().get("/v1/products?after=702&limit=2")
                .then()
                .statusCode(200)
                .body("products", hasSize(1))
                .body("next", nullValue());
    }

    @Test
    void saysThatThereIsNoSuchProduct() {
        problem("/v1/products/13", 404, "Not Found").body("detail", equalTo("No product found for productId: 13"));
    }

    @Test
    void refusesAnIdThatIsNoNumberOrNoId() {
        problem("/v1/products/abc", 400, "Bad Request");
        problem("/v1/products/99999999999999999999", 400, "Bad Request");
        problem("/v1/products/-1", 422, "Unprocessable Content")
                .body("detail", equalTo("Invalid productId: -1"))
                .body("violations.field", equalTo(java.util.List.of("productId")));
    }

    @Test
    void refusesAPageOfNoProductsOrTooMany() {
        problem("/v1/products?limit=0", 422, "Unprocessable Content");
        problem("/v1/products?limit=101", 422, "Unprocessable Content");
        problem("/v1/products?limit=many", 400, "Bad Request");
    }

    @Test
    void refusesWhatItDoesNotSpeak() {
        call().accept("text/html")
                .get("/v1/products/701")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
        given().post("/v1/products/701").then().statusCode(405).contentType("application/problem+json");
        given().get("/v2/products/701").then().statusCode(404).contentType("application/problem+json");
    }

    private static ValidatableResponse problem(String path, int status, String title) {
        return call().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("title", equalTo(title))
                .body("status", equalTo(status))
                .body("instance", equalTo(path.replaceFirst("\\?.*", "")))
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
    }
}
