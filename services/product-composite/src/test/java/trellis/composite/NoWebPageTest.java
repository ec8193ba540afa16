package trellis.composite;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealBroker
@TestProfile(NoWebPageTest.SwitchedOff.class)
class NoWebPageTest {

    public static class SwitchedOff implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("page.enabled", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.json", "/page.css", "/page.js", "/api.js", "/sign-in.js", "/icon.svg"})
    void hasNoneOfItsFiles(String path) {
        given().accept("text/html,*/*;q=0.8").get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void stillServesTheApi() {
        given().get("/v1/product-composites/-1").then().statusCode(422);
    }
}
