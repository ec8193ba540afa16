package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@RealBroker
@TestProfile(CircuitBreakerTest.OpenForASecond.class)
class CircuitBreakerTest {

    public static class OpenForASecond implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.fault-tolerance.global.circuit-breaker.delay", "1000");
        }
    }

    StubNeighbours neighbours;

    /**
     * Opens when half of five calls have failed and closes after three successful probes, as configured in
     * application.properties.
     */
    @Test
    void opensAfterFailuresAnswersAtOnceProbesAndClosesAgain() {
        neighbours.heal();
        read();
        assertState("closed");
        neighbours.answer("product", 500);
        read(); // served as last seen; with the retry these are two failures of three calls
        assertState("closed");
        read();
        assertState("open");

        int asked = neighbours.calls("product");
        read();
        assertEquals(asked, neighbours.calls("product"), "an open breaker leaves the neighbour alone");

        probe();
        assertState("open");

        neighbours.heal();
        probe();
        assertState("halfOpen");
        read();
        assertState("halfOpen");
        read();
        assertState("closed");
    }

    /** Reads until the call reaches the neighbour again. */
    private void probe() {
        int asked = neighbours.calls("product");
        await().until(() -> {
            read();
            return neighbours.calls("product") > asked;
        });
    }

    private static void read() {
        given().get("/v1/product-composites/1").then().statusCode(200);
    }

    private static void assertState(String state) {
        for (String each : new String[] {"closed", "open", "halfOpen"}) {
            assertEquals(each.equals(state), gauge(each) == 1, "while it should be " + state + ": " + each);
        }
    }

    private static double gauge(String state) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port)
                .get("/q/metrics")
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith("ft_circuitbreaker_state_current"))
                .filter(line -> line.contains("Neighbours.product\"") && line.contains("state=\"" + state + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
