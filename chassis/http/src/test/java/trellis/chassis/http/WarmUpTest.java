package trellis.chassis.http;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WarmUpTest.OfNoSuchThing.class)
class WarmUpTest {

    /** Every warm-up request fails. */
    public static class OfNoSuchThing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("warm-up.path", "/things/503", "warm-up.reads", "20");
        }
    }

    @Test
    void hasStartedAfterItsWarmUpEvenIfEveryRequestFails() {
        int before = Things.READS.get();
        await().atMost(20, SECONDS).until(() -> started() == 200);
        assertEquals(20, Things.READS.get() - before);
    }

    private static int started() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port).get("/q/health/started").statusCode();
    }
}
