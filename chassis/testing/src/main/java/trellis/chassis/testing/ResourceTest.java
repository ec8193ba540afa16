package trellis.chassis.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HTTP tests that every service must pass. */
public abstract class ResourceTest {

    @BeforeAll
    static void bePatient() {
        LogTest.bePatient();
    }

    @Test
    void servesItsContract() throws JsonProcessingException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        JsonNode served = yaml.readTree(given().get("/openapi").asString());
        JsonNode promised = yaml.readTree(Contract.text());
        assertEquals(promised.get("paths"), served.get("paths"));
        assertEquals(promised.get("components"), served.get("components"));
    }

    /** Sends a request that is refused, and validates the problem document against RFC 9457 and the contract. */
    protected static ValidatableResponse problem(String path, int status, String title) {
        return Contract.call()
                .get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("title", equalTo(title))
                .body("status", equalTo(status))
                .body("instance", equalTo(path.replaceFirst("\\?.*", "")))
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
    }
}
