package trellis.chassis.log;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@QuarkusTest
@RealStores
@TestProfile(LogLivenessTest.Fragile.class)
class LogLivenessTest {

    /** A configuration in which a record could stop the consumer: one that claims to be a CloudEvent but is not. */
    public static class Fragile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mp.messaging.connector.smallrye-kafka.cloud-events", "true");
        }
    }

    KafkaBroker broker;

    @Test
    void failsOnceReadingHasStopped() {
        alive(200);
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", "1", "{}", Map.of("content-type", "application/cloudevents+json"));
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> alive(503));
    }

    private static void alive(int status) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        given().port(port)
                .get("/q/health/live")
                .then()
                .statusCode(status)
                .body("checks.find { it.name == 'log' }.status", equalTo(status == 200 ? "UP" : "DOWN"));
    }
}
