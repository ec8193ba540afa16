package trellis.recommendation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trellis.local.KafkaBroker;
import trellis.local.TestLog;

/** What the pinned schema allows is applied, up to its bounds: the service relies on no more than it says it does. */
@RealStores
class PinnedUpdateTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema PINNED = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Api.read(Path.of("pinned/product-composite-update-v1.schema.json")));

    KafkaBroker broker;

    @Test
    void appliesTheLeastThatItAllows() {
        applies(1, "[%s]".formatted(recommendation(1, "a", 0, "b")));
    }

    @Test
    void appliesTheMostThatItAllowsInCharactersOfAnyScript() {
        String letter = "\uD83C\uDF31";
        applies(
                Long.MAX_VALUE,
                "[%s]"
                        .formatted(recommendation(
                                Long.MAX_VALUE,
                                letter.repeat(Recommendation.LONGEST_AUTHOR),
                                100,
                                letter.repeat(Recommendation.LONGEST_CONTENT))));
    }

    @Test
    void appliesAsManyAsItAllows() {
        applies(
                81,
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(id -> recommendation(id, "Alma", 50, "Good"))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void appliesWhatHoldsMoreThanItReads() {
        applies(82, "[" + recommendation(1, "a", 0, "b") + "], \"name\": null, \"reviews\": [{\"stars\": 5}]");
    }

    @Test
    void appliesWholeNumbersHoweverTheyAreWritten() {
        String state =
                "{\"productId\": 8.3e1, \"recommendations\": [{\"recommendationId\": 1.0, \"author\": \"a\", \"rate\": 5e1, \"content\": \"b\"}]}";
        assertEquals(Set.of(), PINNED.validate(read(state)));
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", "83", state, Map.of());
            awaitServed("83", read("[" + recommendation(1, "a", 50, "b") + "]"));
        }
    }

    private void applies(long productId, String recommendations) {
        JsonNode state = read("{\"productId\": %d, \"recommendations\": %s}".formatted(productId, recommendations));
        assertEquals(Set.of(), PINNED.validate(state));
        String key = Long.toString(productId);
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", key, state.toString(), Map.of());
            awaitServed(key, state.get("recommendations"));
            log.append("product-composites", key, null, Map.of());
            awaitServed(key, JSON.createArrayNode());
        }
    }

    private static void awaitServed(String productId, JsonNode recommendations) {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> read(given().get("/v1/recommendations?productId=" + productId)
                                        .asString())
                                .get("recommendations"),
                        equalTo(recommendations));
    }

    private static String recommendation(long id, String author, int rate, String content) {
        return "{\"recommendationId\": %d, \"author\": \"%s\", \"rate\": %d, \"content\": \"%s\"}"
                .formatted(id, author, rate, content);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
