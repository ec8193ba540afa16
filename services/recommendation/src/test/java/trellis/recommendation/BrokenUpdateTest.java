package trellis.recommendation;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import trellis.local.KafkaBroker;
import trellis.local.SchemaViolations;
import trellis.local.SchemaViolations.Violation;
import trellis.local.TestLog;

/** What breaks the pinned schema is set aside, in whichever way it breaks it, and what was known of the product stays as it is. */
@RealStores
class BrokenUpdateTest {

    private static final Path SCHEMA = Path.of("pinned/product-composite-update-v1.schema.json");
    private static final JsonSchema PINNED =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Api.read(SCHEMA));
    private static final String TOPIC = "product-composites";
    private static final String DEAD_LETTERS = "product-composites.recommendation.dead-letter";

    KafkaBroker broker;

    private record Update(long productId, String description, byte[] value) {
        String key() {
            return Long.toString(productId);
        }
    }

    @Test
    void setsAsideWhateverBreaksThePinnedSchema() {
        SchemaViolations violations = new SchemaViolations(SCHEMA);
        int count = violations.of(violations.sample()).size();
        requireSetAside(IntStream.range(0, count)
                .mapToObj(i -> {
                    Violation violation = violations.of(state(200 + i)).get(i);
                    assertNotEquals(Set.of(), PINNED.validate(violation.document()), violation.description());
                    return new Update(
                            200 + i,
                            violation.description(),
                            violation.document().toString().getBytes(UTF_8));
                })
                .toList());
    }

    @Test
    void setsAsideWhatIsNotOneJsonDocumentInUtf8() {
        List<String> descriptions =
                List.copyOf(SchemaViolations.unreadable(state(1)).keySet());
        requireSetAside(IntStream.range(0, descriptions.size())
                .mapToObj(i -> new Update(
                        600 + i,
                        descriptions.get(i),
                        SchemaViolations.unreadable(state(600 + i)).get(descriptions.get(i))))
                .toList());
    }

    @Test
    void saysThatWhatIsSetAsideIsNotUtf8() {
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            log.appendBytes(
                    TOPIC, "699", SchemaViolations.unreadable(state(699)).get("not UTF-8"), Map.of());
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertEquals(
                            List.of("The state can't be read: it is not UTF-8"),
                            log.records(DEAD_LETTERS).stream()
                                    .filter(record -> "699".equals(record.key()))
                                    .map(record -> new String(record.headers()
                                            .lastHeader("dead-letter-reason")
                                            .value()))
                                    .toList()));
        }
    }

    /** Each is written after a good one of the same product. */
    private void requireSetAside(List<Update> broken) {
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            for (Update update : broken) {
                log.append(TOPIC, update.key(), state(update.productId()).toString(), Map.of());
                log.appendBytes(TOPIC, update.key(), update.value(), Map.of());
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Set<String> setAside = log.records(DEAD_LETTERS).stream()
                        .map(ConsumerRecord::key)
                        .collect(toSet());
                assertEquals(
                        List.of(),
                        broken.stream()
                                .filter(update -> !setAside.contains(update.key()))
                                .map(Update::description)
                                .toList(),
                        "applied, not set aside");
            });
        }
        assertAll(broken.stream().map(update -> () -> assertServed(update.productId(), update.description())));
    }

    private static void assertServed(long productId, String description) {
        String served =
                given().get("/v1/recommendations?productId=" + productId).asString();
        assertEquals("{\"recommendations\":" + state(productId).get("recommendations") + "}", served, description);
    }

    private static ObjectNode state(long productId) {
        return new SchemaViolations(SCHEMA).sample().put("productId", productId);
    }
}
