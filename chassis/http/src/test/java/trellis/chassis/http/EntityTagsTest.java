package trellis.chassis.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EntityTagsTest {

    @Test
    void savesTheBodyForACallerThatHasIt() {
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

    @Test
    void tellsOneEntityFromAnother() {
        assertNotEquals(
                given().get("/things/1").header("ETag"),
                given().get("/things/2").header("ETag"));
    }
}
