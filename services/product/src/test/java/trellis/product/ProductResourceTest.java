package trellis.product;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static trellis.chassis.testing.Contract.call;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;
import trellis.chassis.testing.ResourceTest;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@QuarkusTest
@RealStores
class ProductResourceTest extends ResourceTest {

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
    void answers404ToAnUnknownProduct() {
        problem("/v1/products/13", 404, "Not Found").body("detail", equalTo("No product found for productId: 13"));
    }

    @Test
    void refusesAnInvalidId() {
        problem("/v1/products/abc", 400, "Bad Request");
        problem("/v1/products/99999999999999999999", 400, "Bad Request");
        problem("/v1/products/-1", 422, "Unprocessable Content")
                .body("detail", equalTo("Invalid productId: -1"))
                .body("violations.field", equalTo(java.util.List.of("productId")));
    }

    @Test
    void refusesALimitOutsideOneToAHundred() {
        problem("/v1/products?limit=0", 422, "Unprocessable Content");
        problem("/v1/products?limit=101", 422, "Unprocessable Content");
        problem("/v1/products?limit=many", 400, "Bad Request");
    }

    @Test
    void refusesOtherMediaTypesMethodsAndPaths() {
        call().accept("text/html")
                .get("/v1/products/701")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
        given().post("/v1/products/701").then().statusCode(405).contentType("application/problem+json");
        given().get("/v2/products/701").then().statusCode(404).contentType("application/problem+json");
    }
}
