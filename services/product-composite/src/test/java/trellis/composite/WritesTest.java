package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static trellis.chassis.testing.Contract.call;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.Documents;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@RealBroker
class WritesTest {

    private static final String PAGE = "/v1/product-composites/";
    private static final JsonSchema PROMISED = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Documents.text(Documents.only("contract", ".schema.json")));
    private static final String WHOLE = """
            {"name": "Trellis", "weight": 2400,
             "recommendations": [{"recommendationId": 1, "author": "Alma", "rate": 90, "content": "Good"}],
             "reviews": [{"reviewId": 1, "author": "Bela", "subject": "Summer", "content": "Stands"}]}""";

    KafkaBroker broker;

    @Test
    void acceptsAPageWhenTheBrokerHasIt() {
        call().contentType("application/json")
                .body(WHOLE)
                .put(PAGE + 21)
                .then()
                .statusCode(202)
                .header("Location", PAGE + 21);
        String state = newest("21").value();
        assertEquals(Set.of(), PROMISED.validate(state, InputFormat.JSON));
        assertTrue(state.contains("\"productId\":21"));
    }

    @Test
    void propagatesTheCallersTraceContext() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        given().header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType("application/json")
                .body(WHOLE)
                .put(PAGE + 22)
                .then()
                .statusCode(202);
        byte[] header = newest("22").headers().lastHeader("traceparent").value();
        assertTrue(new String(header, StandardCharsets.UTF_8).contains(trace));
    }

    @Test
    void acceptsADeletionWhenTheBrokerHasIt() {
        call().delete(PAGE + 23).then().statusCode(202).header("Location", PAGE + 23);
        assertNull(newest("23").value());
    }

    @Test
    void acceptsAPageWithoutRecommendationsAndReviews() {
        put("24", "{\"name\": \"Bare\", \"weight\": 0}").statusCode(202);
        String bare = newest("24").value();
        assertEquals(Set.of(), PROMISED.validate(bare, InputFormat.JSON));
        put("24", "{\"name\": \"Bare\", \"weight\": 0, \"recommendations\": null, \"reviews\": null}")
                .statusCode(202);
        assertEquals(bare, newest("24").value());
    }

    @Test
    void refusesAnUnreadableBody() {
        unreadable("{\"name\": \"Trellis\"").body("detail", containsString("line 1"));
        unreadable("").body("detail", containsString("body"));
        unreadable("null");
        unreadable("[]");
        unreadable("{\"name\": \"Trellis\", \"weight\": 1} trailing");
        unreadable("{\"name\": \"Trellis\", \"name\": \"Again\", \"weight\": 1}");
        unreadable("{\"name\": \"Trellis\", \"weight\": \"heavy\"}").body("detail", containsString("weight"));
        unreadable("{\"name\": \"Trellis\", \"weight\": \"1\"}").body("detail", containsString("weight"));
        unreadable("{\"name\": \"Trellis\", \"weight\": 1.5}").body("detail", containsString("weight"));
        unreadable("{\"name\": \"Trellis\", \"weight\": 99999999999}").body("detail", containsString("weight"));
        unreadable("{\"name\": 5, \"weight\": 1}").body("detail", containsString("name"));
        unreadable("{\"name\": \"Trellis\", \"weight\": 1, \"colour\": \"green\"}")
                .body("detail", containsString("Unknown field: colour"));
        unreadable(WHOLE.replace("\"rate\"", "\"rating\"")).body("detail", containsString("recommendations[0].rating"));
        unreadable(WHOLE.replace("\"subject\"", "\"subjects\"")).body("detail", containsString("reviews[0].subjects"));
        put("abc", WHOLE).statusCode(400);
    }

    @Test
    void listsEachViolationWithItsField() {
        String bad = """
                {"name": " ", "weight": -1,
                 "recommendations": [{"recommendationId": 0, "author": "%s", "rate": 101, "content": "Good"}],
                 "reviews": [{"reviewId": 1, "author": "Bela", "subject": null, "content": "a\\u0000b"},
                             null]}""".formatted("x".repeat(101));
        invalid("25", bad)
                .body(
                        "violations.field",
                        hasItems(
                                "name",
                                "weight",
                                "recommendations[0].recommendationId",
                                "recommendations[0].author",
                                "recommendations[0].rate",
                                "reviews[0].subject",
                                "reviews[0].content",
                                "reviews[1]"));
        invalid("25", "{}").body("violations.field", hasItems("name", "weight"));
        invalid("25", WHOLE.replace("Stands", "half of \\ud83d a pair"));
        invalid("25", WHOLE.replace("Stands", "\\u2003")); // EM SPACE
        invalid("25", WHOLE.replace("Stands", "\ufeff")); // ZERO WIDTH NO-BREAK SPACE
        String twice = "{\"reviewId\": 1, \"author\": \"a\", \"subject\": \"b\", \"content\": \"c\"}";
        invalid("25", "{\"name\": \"Trellis\", \"weight\": 1, \"reviews\": [" + twice + ", " + twice + "]}")
                .body("detail", equalTo("Duplicate reviewId: 1"))
                .body("violations.field", equalTo(List.of("reviewId")));
        invalid("-1", WHOLE).body("detail", equalTo("Invalid productId: -1"));
        call().delete(PAGE + "-1").then().statusCode(422);
    }

    @Test
    void refusesConditionalWrites() {
        for (String condition : List.of("If-Match", "If-None-Match", "If-Unmodified-Since")) {
            call().header(condition, "*")
                    .contentType("application/json")
                    .body(WHOLE)
                    .put(PAGE + 28)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString(condition));
            call().header(condition, "*").delete(PAGE + 28).then().statusCode(400);
        }
        assertEquals(List.of(), all("28"));
    }

    @Test
    void countsCharactersOfAnyScriptAsOne() {
        String seedling = "\uD83C\uDF31"; // two UTF-16 code units
        put("27", WHOLE.replace("Trellis", seedling.repeat(200))).statusCode(202);
        invalid("27", WHOLE.replace("Trellis", seedling.repeat(201))).body("violations.field", hasItems("name"));
    }

    @Test
    void refusesABodyThatIsTooLargeOrNotJson() throws Exception {
        String large = WHOLE.replace("Stands", "x".repeat(257 * 1024));
        put("26", large).statusCode(413).contentType("application/problem+json").body("status", equalTo(413));
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(
                        io.restassured.RestAssured.baseURI + ":" + io.restassured.RestAssured.port + PAGE + 26))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> response = client.send(chunked, HttpResponse.BodyHandlers.ofString());
            assertEquals(413, response.statusCode());
            assertTrue(response.body().contains("\"traceId\""), response.body());
        }
        call().contentType("text/plain")
                .body("Trellis")
                .put(PAGE + 26)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void answers503WhileTheBrokerIsDownAndRecovers() {
        put("27", WHOLE).statusCode(202);
        broker.kill();
        put("27", WHOLE.replace("Trellis", "Lost"))
                .statusCode(503)
                .header("Retry-After", "1")
                .contentType("application/problem+json");
        broker.start();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> put("27", WHOLE.replace("Trellis", "Back")).statusCode(202));
        assertTrue(newest("27").value().contains("Back"));
        assertTrue(all("27").stream().noneMatch(record -> record.value().contains("Lost")));
    }

    private static ValidatableResponse put(String productId, String body) {
        return call().contentType("application/json")
                .body(body)
                .put(PAGE + productId)
                .then();
    }

    private static ValidatableResponse unreadable(String body) {
        return put("20", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("traceId", matchesPattern("[0-9a-f]{32}"))
                .body("detail", not(containsString("trellis.")))
                .body("detail", not(containsString("java.")));
    }

    private static ValidatableResponse invalid(String productId, String body) {
        return put(productId, body).statusCode(422).contentType("application/problem+json");
    }

    private ConsumerRecord<String, String> newest(String key) {
        return all(key).getLast();
    }

    private List<ConsumerRecord<String, String>> all(String key) {
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            return log.records("product-composites").stream()
                    .filter(record -> key.equals(record.key()))
                    .toList();
        }
    }
}
