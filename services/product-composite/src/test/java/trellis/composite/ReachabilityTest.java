package trellis.composite;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A circuit breaker and a neighbour that can't be reached. */
@RealBroker
@TestProfile(ReachabilityTest.OpenForLong.class)
class ReachabilityTest {

    /** Has served no request yet; an open breaker stays open for longer than any test takes. */
    public static class OpenForLong implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.fault-tolerance.global.circuit-breaker.delay", "600000");
        }
    }

    StubNeighbours neighbours;

    @Test
    void aNeighbourThatIsNotUpYetOpensNoBreakerAndOneThatComesBackClosesIt() {
        neighbours.heal();
        neighbours.remove("review");
        for (int read = 0; read < 20; read++) {
            assertTrue(lacksReviews());
            BreakerState.require("reviews", "closed");
        }
        neighbours.heal();
        assertFalse(lacksReviews());

        neighbours.remove("review"); // which has answered: the numbers of application.properties hold
        lacksReviews(); // with the retry these are two failures of three calls
        BreakerState.require("reviews", "closed");
        lacksReviews();
        BreakerState.require("reviews", "open");

        neighbours.heal();
        await().atMost(20, SECONDS).until(() -> !lacksReviews());
        BreakerState.require("reviews", "closed");
    }

    @Test
    void aNeighbourThatFailsIsLeftAloneHoweverNewItIs() {
        neighbours.heal();
        neighbours.remove("review"); // since the other test may come later
        neighbours.answer("recommendation", 500);
        await().until(() -> {
            int asked = neighbours.calls("recommendation");
            lacksReviews();
            return neighbours.calls("recommendation") == asked;
        });
        BreakerState.require("recommendations", "open");
        int asked = neighbours.calls("recommendation");
        neighbours.heal();
        await().during(2, SECONDS) // in which a neighbour that can't be reached is probed four times
                .until(() -> neighbours.calls("recommendation") == asked);
    }

    private static boolean lacksReviews() {
        return given().get("/v1/product-composites/1")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("missing", String.class)
                .contains("reviews");
    }
}
