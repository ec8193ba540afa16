package trellis.recommendation;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@QuarkusTest
@RealStores
@TestProfile(MinimumRateTest.AtLeastFifty.class)
class MinimumRateTest {

    public static class AtLeastFifty implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("recommendation.minimum-rate", "50");
        }
    }

    KafkaBroker broker;

    @Test
    void showsNoneRatedBelowTheConfiguredRate() {
        String state = """
                {"productId": 801, "recommendations": [
                    {"recommendationId": 1, "author": "Alma", "rate": 49, "content": "Wobbles"},
                    {"recommendationId": 2, "author": "Bela", "rate": 50, "content": "Holds"}]}""";
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", "801", state, Map.of());
        }
        await().atMost(30, SECONDS).untilAsserted(() -> given().get("/v1/recommendations?productId=801")
                .then()
                .body("recommendations.recommendationId", equalTo(List.of(2))));
    }
}
