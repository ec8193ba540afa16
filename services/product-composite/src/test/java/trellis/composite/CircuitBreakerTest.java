package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
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
        BreakerState.require("product", "closed");
        neighbours.answer("product", 500);
        read(); // served as last seen; with the retry these are two failures of three calls
        BreakerState.require("product", "closed");
        read();
        BreakerState.require("product", "open");

        int asked = neighbours.calls("product");
        read();
        assertEquals(asked, neighbours.calls("product"), "an open breaker leaves the neighbour alone");

        probe();
        BreakerState.require("product", "open");

        neighbours.heal();
        probe();
        BreakerState.require("product", "halfOpen");
        read();
        BreakerState.require("product", "halfOpen");
        read();
        BreakerState.require("product", "closed");
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
}
