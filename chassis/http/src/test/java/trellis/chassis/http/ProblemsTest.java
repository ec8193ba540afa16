package trellis.chassis.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

    @TestHTTPResource
    URI address;

    @Test
    void answers404WithTheReason() {
        problem(given().get("/things/404"), 404, "Not Found").body("detail", equalTo("No thing found"));
    }

    @Test
    void answers503WithRetryAfter() {
        problem(given().get("/things/503"), 503, "Service Unavailable")
                .header("Retry-After", "1")
                .body("detail", equalTo("The things are unavailable"));
    }

    @Test
    void revealsNoInternals() {
        problem(given().get("/things/500"), 500, "Internal Server Error").body("detail", not(containsString("Secret")));
    }

    @Test
    void anAnswerWithoutAProblemTellsItsTraceToo() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        given().header("traceparent", "00-" + trace + "-b7ad6b7169203331-00")
                .get("/things/1")
                .then()
                .statusCode(200)
                .header("traceresponse", matchesPattern("00-" + trace + "-[0-9a-f]{16}-00"));
    }

    @Test
    void listsViolations() {
        problem(given().get("/things/-1"), 422, "Unprocessable Content")
                .body("detail", equalTo("Invalid id: -1"))
                .body("violations[0].field", equalTo("id"));
        problem(put("{\"parts\": [{\"id\": 1}, {}]}"), 422, "Unprocessable Content")
                .body("detail", equalTo("name must not be null; parts[1].id must not be null"))
                .body("violations.field", equalTo(List.of("name", "parts[1].id")));
    }

    @Test
    void refusesAParameterThatIsNotANumber() {
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
    void refusesABodyThatIsNotStrictJson(String body) {
        problem(put(body), 400, "Bad Request").body("detail", not(containsString("trellis.")));
    }

    @Test
    void saysWhereParsingFailed() {
        problem(put("{\"name\": \"a\", \"colour\": 1}"), 400, "Bad Request")
                .body("detail", containsString("Unknown field: colour (line 1, column"));
        problem(put("{\"name\": \"a\", \"parts\": [{\"id\": \"1\"}]}"), 400, "Bad Request")
                .body("detail", containsString("parts[0].id"));
    }

    @Test
    void answers405WithAllow() {
        for (String method : new String[] {"POST", "DELETE", "PATCH", "TRACE", "PROPFIND"}) {
            problem(given().request(method, "/things/1"), 405, "Method Not Allowed")
                    .header("Allow", "GET, PUT");
        }
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"}) {
            problem(given().request(method, "/things"), 405, "Method Not Allowed")
                    .header("Allow", "GET");
        }
        given().options("/things").then().statusCode(200).header("Allow", "GET");
        given().options("/things/1").then().statusCode(200).header("Allow", "GET, PUT");
        problem(given().options("/things/1/nothing"), 404, "Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "01", "-01", "1.0", "1e0", "0x1", "\u0661", " 1", "1_000", "--1"})
    void refusesANumberInAnotherSpelling(String number) {
        problem(given().get("/things/{id}", number), 400, "Bad Request");
        problem(given().queryParam("limit", number).get("/things/1"), 400, "Bad Request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=", "limit", "limit=1&limit=1", "limit=1&limit=2", "other=1&other=2", "limit=1&LIMIT=2"})
    void refusesAnEmptyOrRepeatedParameter(String query) {
        problem(given().get("/things/1?" + query), 400, "Bad Request");
    }

    @Test
    void reportsThePathAsReceived() {
        problem(given().urlEncodingEnabled(false).get("/things/a%20b%2Fc"), 400, "Bad Request")
                .body("instance", equalTo("/things/a%20b%2Fc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "gzip, identity", "nonsense"})
    void refusesAnEncodedBody(String encoding) {
        problem(
                        given().contentType("application/json")
                                .header("Content-Encoding", encoding)
                                .body("{\"name\": \"a\"}")
                                .put("/things/1"),
                        415,
                        "Unsupported Media Type")
                .header("Accept-Encoding", "identity");
    }

    @Test
    void refusesABodyWithoutContentType() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/things/1"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"name\": \"a\"}"))
                .build(); // RestAssured always sets a Content-Type
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(415, response.statusCode(), response.body());
        }
    }

    /** As Latin-1: each character is one byte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0{\0\0",
                "\0{\0\0\0}",
                "{\0\0\0}\0\0\0",
                "\0\0\0{",
                "\u00fe\u00ff\0{\0}",
                "\u00ff\u00fe{\0}\0",
                "{\"name\": \"\u00e4\"}",
                "{\"name\": \"a\"}\0",
                "{\"name\": \"\u00ed\u00a0\u0080\"}"
            })
    void refusesABodyThatIsNotUtf8(String bytes) {
        problem(
                given().contentType("application/json")
                        .body(bytes.getBytes(StandardCharsets.ISO_8859_1))
                        .put("/things/1"),
                400,
                "Bad Request");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        problem(put("{\"name\": \"" + "a".repeat(256 * 1024) + "\"}"), 413, "Request Entity Too Large");
    }

    @Test
    void refusesItOverHttp2InAWellFormedResponse() throws IOException, InterruptedException {
        HttpRequest.BodyPublisher large = HttpRequest.BodyPublishers.ofString("a".repeat(256 * 1024 + 1));
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2) // refuses a malformed response
                .build()) {
            HttpResponse<String> open = client.send(
                    HttpRequest.newBuilder(address.resolve("/things/1")).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, open.version());
            for (var body : List.of(large, HttpRequest.BodyPublishers.fromPublisher(large))) {
                var request = HttpRequest.newBuilder(address.resolve("/things/1"))
                        .header("Content-Type", "application/json")
                        .PUT(body)
                        .build();
                HttpResponse<String> refusal = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertEquals(413, refusal.statusCode(), refusal::body);
            }
        }
    }

    private static Response put(String body) {
        return given().contentType("application/json").body(body).put("/things/1");
    }

    private static ValidatableResponse problem(Response response, int status, String title) {
        return response.then()
                .header("traceresponse", startsWith("00-" + response.jsonPath().getString("traceId") + "-"))
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("title", equalTo(title))
                .body("status", equalTo(status))
                .body("instance", startsWith("/things"))
                .body("traceId", matchesPattern("[0-9a-f]{32}"));
    }
}
