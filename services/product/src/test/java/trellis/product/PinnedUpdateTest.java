package trellis.product;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trellis.local.KafkaBroker;
import trellis.local.TestLog;

/** What the pinned schema allows is applied, up to its bounds: the service relies on no more than it says it does. */
@RealStores
class PinnedUpdateTest {

    private static final JsonSchema PINNED = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Api.read(Path.of("pinned/product-composite-update-v1.schema.json")));

    KafkaBroker broker;

    @Test
    void appliesTheLeastThatItAllows() {
        applies(1, "x", 0, "");
    }

    @Test
    void appliesTheMostThatItAllowsInCharactersOfAnyScript() {
        applies(Long.MAX_VALUE, "\uD83C\uDF31".repeat(Product.LONGEST_NAME), Integer.MAX_VALUE, "");
    }

    @Test
    void appliesWhatHoldsMoreThanItReads() {
        applies(81, "Trellis", 1, ", \"colour\": {\"name\": \"green\"}, \"reviews\": null");
    }

    @Test
    void appliesAWholeNumberHoweverItIsWritten() {
        String state = "{\"productId\": 8.2e1, \"name\": \"Trellis\", \"weight\": 12.0}";
        assertEquals(Set.of(), PINNED.validate(state, InputFormat.JSON));
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", "82", state, Map.of());
            await().untilAsserted(() ->
                    given().get("/v1/products/82").then().statusCode(200).body("weight", equalTo(12)));
        }
    }

    private void applies(long productId, String name, int weight, String more) {
        String state =
                "{\"productId\": %d, \"name\": \"%s\", \"weight\": %d%s}".formatted(productId, name, weight, more);
        assertEquals(Set.of(), PINNED.validate(state, InputFormat.JSON));
        String key = Long.toString(productId);
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", key, state, Map.of());
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> given().get("/v1/products/" + key)
                    .then()
                    .statusCode(200)
                    .body("name", equalTo(name))
                    .body("weight", equalTo(weight)));
            log.append("product-composites", key, null, Map.of());
            await().untilAsserted(
                            () -> given().get("/v1/products/" + key).then().statusCode(404));
        }
    }
}
