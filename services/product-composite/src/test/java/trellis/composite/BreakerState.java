package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.microprofile.config.ConfigProvider;

/** The state of a method's circuit breaker, as the metrics have it. */
final class BreakerState {

    private BreakerState() {}

    /** @param method of {@link Neighbours} */
    static void require(String method, String state) {
        for (String each : new String[] {"closed", "open", "halfOpen"}) {
            assertEquals(each.equals(state), gauge(method, each) == 1, "while it should be " + state + ": " + each);
        }
    }

    private static double gauge(String method, String state) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port)
                .get("/q/metrics")
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith("ft_circuitbreaker_state_current"))
                .filter(line ->
                        line.contains("Neighbours." + method + "\"") && line.contains("state=\"" + state + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
