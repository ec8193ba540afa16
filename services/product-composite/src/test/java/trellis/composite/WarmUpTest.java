package trellis.composite;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@RealBroker
@TestProfile(WarmUpTest.Fresh.class)
class WarmUpTest {

    /**
     * Has served no request yet; without retries and with a long timeout, each page makes one call to each neighbour.
     */
    public static class Fresh implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.fault-tolerance.global.timeout.value", "60000",
                    "quarkus.fault-tolerance.global.retry.max-retries", "0");
        }
    }

    StubNeighbours neighbours;

    @Test
    void hasStartedAfterReadingAPageAHundredTimes() {
        neighbours.heal();
        await().atMost(60, SECONDS).until(() -> started() == 200);
        for (String neighbour : List.of("product", "recommendation", "review")) {
            assertEquals(100, neighbours.calls(neighbour), neighbour);
        }
    }

    private static int started() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port).get("/q/health/started").statusCode();
    }
}
