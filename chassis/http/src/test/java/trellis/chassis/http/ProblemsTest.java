package trellis.chassis.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

    @Test
    void saysWhatIsNotThere() {
        problem(given().get("/things/404"), 404, "Not Found").body("detail", equalTo("No thing found"));
    }

    @Test
    void saysWhatIsAwayAndWhenToComeAgain() {
        problem(given().get("/things/503"), 503, "Service Unavailable")
                .header("Retry-After", "1")
                .body("detail", equalTo("The things are away"));
    }

    @Test
    void saysNothingOfItsOwnInsides() {
        problem(given().get("/things/500"), 500, "Internal Server Error").body("detail", not(containsString("Secret")));
    }

    @Test
    void saysWhichRuleWasBroken() {
        problem(given().get("/things/-1"), 422, "Unprocessable Content")
                .body("detail", equalTo("Invalid id: -1"))
                .body("violations[0].field", equalTo("id"));
        problem(put("{\"parts\": [{\"id\": 1}, {}]}"), 422, "Unprocessable Content")
                .body("detail", equalTo("name must not be null; parts[1].id must not be null"))
                .body("violations.field", equalTo(java.util.List.of("name", "parts[1].id")));
    }

    @Test
    void refusesAParameterThatIsNoNumber() {
        problem(given().get("/things/abc"), 400, "Bad Request");
        problem(given().get("/things/1?limit=many"), 400, "Bad Request");
        problem(given().get("/things/99999999999999999999"), 400, "Bad Request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"name\": \"a\"",
                "{\"name\": \"a\"} {}",
                "{\"name\": 5}",
                "{\"name\": \"a\", \"size\": \"1\"}",
                "{\"name\": \"a\", \"size\": 1.5}",
                "{\"name\": \"a\", \"name\": \"b\"}",
                "{\"name\": \"a\", \"colour\": \"green\"}"
            })
    void refusesABodyThatCannotBeReadAsItIsMeant(String body) {
        problem(put(body), 400, "Bad Request").body("detail", not(containsString("trellis.")));
    }

    @Test
    void saysWhereABodyCannotBeRead() {
        problem(put("{\"name\": \"a\", \"colour\": 1}"), 400, "Bad Request")
                .body("detail", containsString("Unknown field: colour (line 1, column"));
        problem(put("{\"name\": \"a\", \"parts\": [{\"id\": \"1\"}]}"), 400, "Bad Request")
                .body("detail", containsString("parts[0].id"));
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        problem(put("{\"name\": \"" + "a".repeat(256 * 1024) + "\"}"), 413, "Request Entity Too Large");
    }

    private static Response put(String body) {
        return given().contentType("application/json").body(body).put("/things/1");
    }

    private static ValidatableResponse problem(Response response, int status, String title) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("title", equalTo(title))
                .body("status", equalTo(status))
                .body("instance", matchesPattern("/things/.*"))
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
    }
}
