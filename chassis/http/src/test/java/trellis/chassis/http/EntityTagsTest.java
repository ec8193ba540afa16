package trellis.chassis.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EntityTagsTest {

    @Test
    void answers304ToACallerThatHasTheEntity() {
        String tag = given().get("/things/1").header("ETag");
        given().header("If-None-Match", tag)
                .get("/things/1")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(emptyString());
        given().header("If-None-Match", "\"another\"")
                .get("/things/1")
                .then()
                .statusCode(200)
                .body("id", equalTo(1));
    }

    /** RFC 9110, section 13.1.2: If-None-Match compares weakly. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"another\", %s", "W/\"another\",W/%s , \"third\""})
    void answers304ToEverySpellingOfIfNoneMatch(String known) {
        given().header("If-None-Match", known.formatted(tag()))
                .get("/things/1")
                .then()
                .statusCode(304)
                .header("ETag", tag());
    }

    @Test
    void readsRepeatedHeaders() {
        given().headers("If-None-Match", "\"another\"", "If-None-Match", tag())
                .get("/things/1")
                .then()
                .statusCode(304);
        given().headers("If-Match", "\"another\"", "If-Match", tag())
                .get("/things/1")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "W/\"another\"", "nonsense", "%sx", ""})
    void sendsTheBodyIfNoTagMatches(String known) {
        String nearly = tag().replace("\"", "");
        given().header("If-None-Match", known.formatted(nearly))
                .get("/things/1")
                .then()
                .statusCode(200);
    }

    /** RFC 9110, section 13.1.1: If-Match compares strongly. */
    @Test
    void answers412UnlessIfMatchMatches() {
        for (String expected : List.of(tag(), "*", "\"another\", " + tag())) {
            given().header("If-Match", expected).get("/things/1").then().statusCode(200);
        }
        for (String expected : List.of("\"another\"", "W/" + tag(), "nonsense")) {
            given().header("If-Match", expected)
                    .get("/things/1")
                    .then()
                    .statusCode(412)
                    .contentType("application/problem+json")
                    .body("detail", containsString(tag().replace("\"", "")));
        }
        given().header("If-Match", "\"another\"").get("/things/404").then().statusCode(404);
    }

    /** The state may change between acceptance and application, so the condition cannot be guaranteed. */
    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match", "If-Unmodified-Since"})
    void refusesConditionalWrites(String condition) {
        given().header(condition, "*")
                .contentType("application/json")
                .body("{\"name\": \"a\"}")
                .put("/things/1")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(condition));
    }

    private static String tag() {
        return given().get("/things/1").header("ETag");
    }

    @Test
    void givesDifferentEntitiesDifferentTags() {
        assertNotEquals(
                given().get("/things/1").header("ETag"),
                given().get("/things/2").header("ETag"));
    }
}
