package trellis.composite;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@RealBroker
@TestProfile(WarmUpTest.Fresh.class)
class WarmUpTest {

    /** An instance that nobody has asked anything. */
    public static class Fresh implements QuarkusTestProfile {}

    StubNeighbours neighbours;

    @Test
    void startsWhenItHasAnsweredItselfThoughANeighbourIsAway() {
        neighbours.heal();
        neighbours.answer("product", 500);
        await().atMost(20, SECONDS).until(() -> started() == 200);
        assertTrue(neighbours.calls("product") > 0, "it was asked");
    }

    private static int started() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port).get("/q/health/started").statusCode();
    }
}
