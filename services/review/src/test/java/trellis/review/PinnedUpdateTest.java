package trellis.review;

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
        applies(1, "[%s]".formatted(review(1, "a", "b", "c")));
    }

    @Test
    void appliesTheMostThatItAllowsInCharactersOfAnyScript() {
        String letter = "\uD83C\uDF31";
        applies(
                Long.MAX_VALUE,
                "[%s]"
                        .formatted(review(
                                Long.MAX_VALUE,
                                letter.repeat(Review.LONGEST_AUTHOR),
                                letter.repeat(Review.LONGEST_SUBJECT),
                                letter.repeat(Review.LONGEST_CONTENT))));
    }

    @Test
    void appliesAsManyAsItAllows() {
        applies(
                81,
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(id -> review(id, "Alma", "Summer", "Good"))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void appliesWhatHoldsMoreThanItReads() {
        applies(82, "[" + review(1, "a", "b", "c") + "], \"name\": null, \"recommendations\": [{\"stars\": 5}]");
    }

    @Test
    void appliesWholeNumbersHoweverTheyAreWritten() {
        String state =
                "{\"productId\": 8.3e1, \"reviews\": [{\"reviewId\": 1.0, \"author\": \"a\", \"subject\": \"b\", \"content\": \"c\"}]}";
        assertEquals(Set.of(), PINNED.validate(read(state)));
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", "83", state, Map.of());
            awaitServed("83", read("[" + review(1, "a", "b", "c") + "]"));
        }
    }

    private void applies(long productId, String reviews) {
        JsonNode state = read("{\"productId\": %d, \"reviews\": %s}".formatted(productId, reviews));
        assertEquals(Set.of(), PINNED.validate(state));
        String key = Long.toString(productId);
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.append("product-composites", key, state.toString(), Map.of());
            awaitServed(key, state.get("reviews"));
            log.append("product-composites", key, null, Map.of());
            awaitServed(key, JSON.createArrayNode());
        }
    }

    private static void awaitServed(String productId, JsonNode reviews) {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> read(given().get("/v1/reviews?productId=" + productId)
                                        .asString())
                                .get("reviews"),
                        equalTo(reviews));
    }

    private static String review(long id, String author, String subject, String content) {
        return "{\"reviewId\": %d, \"author\": \"%s\", \"subject\": \"%s\", \"content\": \"%s\"}"
                .formatted(id, author, subject, content);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
