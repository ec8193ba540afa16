package trellis.sample;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static trellis.chassis.testing.Contract.call;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;
import trellis.chassis.testing.ResourceTest;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@QuarkusTest
@RealStores
class SampleResourceTest extends ResourceTest {

    KafkaBroker broker;

    @Test
    void servesAProductFromTheLog() {
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", "701", "{\"productId\": 701, \"name\": \"Trellis\"}", Map.of());
        }
        await().untilAsserted(() -> call().get("/v1/samples/701")
                .then()
                .statusCode(200)
                .body("productId", equalTo(701))
                .body("name", equalTo("Trellis")));
    }

    @Test
    void answers404ToAnUnknownProduct() {
        problem("/v1/samples/13", 404, "Not Found");
    }

    @Test
    void refusesAnInvalidId() {
        problem("/v1/samples/abc", 400, "Bad Request");
        problem("/v1/samples/-1", 422, "Unprocessable Content");
    }
}
