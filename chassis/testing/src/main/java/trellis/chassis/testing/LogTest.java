package trellis.chassis.testing;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.SchemaViolations.Violation;
import trellis.local.KafkaBroker;
import trellis.local.PostgresServer;

/**
 * Tests that every service that reads the log must pass: each runs them in a subclass with {@link RealStores}. The
 * records are derived from the schema that the service pins; the results are read through the service's API.
 */
public abstract class LogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    KafkaBroker broker;
    PostgresServer database;

    private final Path schema = schema();
    private final SchemaExamples examples = new SchemaExamples(schema);
    private final JsonSchema pinned =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Documents.text(schema));
    private final String topic = setting(".topics").split(",")[0];
    private final String replayTopic = setting(".topics").split(",")[1];
    private final String deadLetterTopic = setting(".dead-letter-queue.topic");
    private TestLog log;

    /** Where the service serves its data of a product; 404 or only empty lists if there is none. */
    protected abstract String path(long productId);

    /** The schema that the service pins for a record's value. */
    protected Path schema() {
        return Documents.only("pinned", ".schema.json");
    }

    /** Other work on the machine may take its processors for a while. */
    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @BeforeEach
    void open() {
        log = new TestLog(broker.bootstrapServers());
    }

    @AfterEach
    void close() {
        log.close();
        if (!database.running()) {
            database.start();
        }
    }

    @Test
    void replacesAndDeletes() {
        append(state(1, "First"));
        awaitServed(state(1, "First"));
        append(state(1, "Second"));
        awaitServed(state(1, "Second"));
        delete(1);
        awaitNothingServed(1);
    }

    @Test
    void ignoresAnOlderUpdate() {
        RecordMetadata first = append(state(2, "First"));
        RecordMetadata second = append(state(2, "Second"));
        awaitServed(state(2, "Second"));
        replay(state(2, "Late"), first);
        replay(state(2, "Again"), second);
        awaitReplayed();
        assertServed(state(2, "Second"), "a replay of what is not newer");
    }

    @Test
    void doesNotBringBackADeletedProduct() {
        RecordMetadata first = append(state(3, "First"));
        awaitServed(state(3, "First"));
        delete(3);
        awaitNothingServed(3);
        replay(state(3, "First"), first);
        awaitReplayed();
        assertTrue(servesNothing(3));
    }

    @Test
    void appliesAReplayUnlessANewerUpdateWasApplied() {
        RecordMetadata broken = log.append(topic, "4", "", Map.of());
        await().until(() -> deadLetter("4"), Optional::isPresent);
        replay(state(4, "Mended"), broken);
        awaitServed(state(4, "Mended"));
    }

    @Test
    void deadLettersAReplayWithoutItsOrigin() {
        Map<String, String> whole = origin(append(state(70, "Good")));
        awaitServed(state(70, "Good"));
        List<Map<String, String>> broken = new ArrayList<>();
        whole.keySet().forEach(name -> {
            broken.add(whole.entrySet().stream()
                    .filter(header -> !header.getKey().equals(name))
                    .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
            broken.add(whole.entrySet().stream()
                    .collect(toMap(
                            Map.Entry::getKey, header -> header.getKey().equals(name) ? "x" : header.getValue())));
        });
        broken.forEach(
                headers -> log.append(replayTopic, "70", state(70, "Lost").toString(), headers));
        await().until(() -> deadLetters("70").size() == broken.size());
        assertServed(state(70, "Good"), "a replay of what is nowhere");
    }

    /** As when another producer partitions differently, or partitions were added to the topic. */
    @Test
    void appliesALaterUpdateFromAnotherPartition() {
        RecordMetadata home = append(state(71, "Home"));
        awaitServed(state(71, "Home"));
        int elsewhere = (home.partition() + 1) % 3;
        IntStream.range(0, 100).forEach(i -> log.appendTo(elsewhere, topic, "72", null, Map.of()));
        appendTo(elsewhere, state(71, "Strayed"));
        awaitServed(state(71, "Strayed"));
        RecordMetadata again = append(state(71, "Home again"));
        assertTrue(again.offset() < 100, "its offset is less than the one that strayed");
        awaitServed(state(71, "Home again"));
        replay(state(71, "Late"), home);
        awaitReplayed();
        assertServed(state(71, "Home again"), "a replay of what came before by the same partition");
    }

    @Test
    void ignoresAnEarlierUpdateFromAnotherPartition() {
        RecordMetadata home = append(state(73, "Home"));
        awaitServed(state(73, "Home"));
        int elsewhere = (home.partition() + 1) % 3;
        IntStream.range(0, 100).forEach(i -> log.appendTo(home.partition(), topic, "74", null, Map.of()));
        RecordMetadata moved = appendTo(elsewhere, state(73, "Moved"));
        awaitServed(state(73, "Moved"));
        replay(state(73, "Home"), home);
        replay(state(73, "Moved"), moved);
        awaitReplayed();
        assertServed(state(73, "Moved"), "what was there before the partitions were");
    }

    @Test
    void deadLettersAFailedReplayWithItsOrigin() {
        RecordMetadata broken = log.append(topic, "75", "broken", Map.of());
        await().until(() -> deadLetters("75").size() == 1);
        assertEquals(origin(broken), originOf(deadLetters("75").getFirst()));
        log.append(replayTopic, "75", "still broken", origin(broken));
        await().until(() -> deadLetters("75").size() == 2);
        assertEquals(origin(broken), originOf(deadLetters("75").getLast()));
    }

    /** Kafka recreates a deleted topic only on request. */
    @Test
    void waitsForTheDeadLetterTopicAndLosesNothing() {
        append(state(76, "Before"));
        awaitServed(state(76, "Before"));
        log.deleteTopic(deadLetterTopic);
        log.append(topic, "76", "broken", Map.of());
        append(state(76, "After"));
        await().until(() -> lag() > 1);
        management("/q/health/live").statusCode(200);
        assertServed(state(76, "Before"), "what waits behind the broken one");
        log.createTopic(deadLetterTopic);
        awaitServed(state(76, "After"));
        await().until(() -> deadLetter("76"), Optional::isPresent);
        await().until(() -> lag() == 0);
    }

    @Test
    void deadLettersAnUnreadableRecordWithReasonOriginAndTraceAndGoesOn() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        RecordMetadata poisoned = log.append(
                topic, "5", "{\"productId\": 5", Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        append(state(5, "Good"));
        awaitServed(state(5, "Good"));
        ConsumerRecord<String, String> dead =
                await().until(() -> deadLetter("5"), Optional::isPresent).orElseThrow();
        assertTrue(header(dead, "dead-letter-reason").startsWith("The state can't be read"));
        assertEquals(topic, header(dead, "dead-letter-topic"));
        assertEquals(Long.toString(poisoned.offset()), header(dead, "dead-letter-offset"));
        assertTrue(header(dead, "traceparent").contains(trace));
    }

    @Test
    void deadLettersARecordWithAnInvalidKey() {
        log.append(topic, "no number", state(6, "Good").toString(), Map.of());
        log.append(topic, "7", state(8, "Another's").toString(), Map.of());
        log.append(topic, "0", state(0, "Nobody's").toString(), Map.of());
        log.append(topic, "009", state(9, "Ours").toString(), Map.of());
        log.append(topic, "+10", state(10, "Ours").toString(), Map.of());
        for (String key : List.of("no number", "7", "0", "009", "+10")) {
            await().until(() -> deadLetter(key), Optional::isPresent);
        }
        assertTrue(LongStream.rangeClosed(7, 10).allMatch(this::servesNothing));
    }

    @Test
    void waitsForItsDatabaseAndLosesNothing() {
        append(state(11, "Before"));
        awaitServed(state(11, "Before"));
        management("/q/health/ready").statusCode(200);
        database.kill();
        LongStream.range(12, 60).forEach(productId -> append(state(productId, "Meanwhile")));
        await().untilAsserted(() -> given().get(path(11))
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .contentType("application/problem+json"));
        management("/q/health/ready")
                .statusCode(200)
                .body("checks.find { it.name == 'database' }.data.answers", equalTo(false));
        management("/q/health/live").statusCode(200);
        await().until(() -> lag() > 1);
        database.start();
        LongStream.range(12, 60).forEach(productId -> awaitServed(state(productId, "Meanwhile")));
        await().until(() -> lag() == 0);
        assertEquals(Optional.empty(), deadLetter("12"));
    }

    @Test
    void appliesTheSmallestStateThatThePinnedSchemaAllows() {
        requireApplied(examples.least().put("productId", 101));
    }

    @Test
    void appliesTheLargestStateThatThePinnedSchemaAllows() {
        requireApplied(examples.most());
    }

    @Test
    void appliesTheLongestListsThatThePinnedSchemaAllows() {
        requireApplied(examples.many().put("productId", 102));
    }

    @Test
    void ignoresUnknownFields() {
        ObjectNode state = state(103, "More");
        requireApplied(SchemaExamples.withMore(state), state);
    }

    @Test
    void appliesWholeNumbersInEverySpelling() {
        ObjectNode state = state(104, "Decimal");
        requireApplied(SchemaExamples.inDecimals(state), state);
    }

    /** Headers belong to tracers, event formats and replays; none of them may stop the consumer. */
    @Test
    void appliesARecordWithAnyHeaders() {
        List<Map<String, String>> headers = List.of(
                Collections.singletonMap("traceparent", null),
                Map.of("traceparent", "nonsense", "tracestate", "=,=", "baggage", "%zz"),
                Map.of("ce_specversion", "1.0"),
                Map.of("ce_specversion", "nonsense", "ce_id", "1"),
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"),
                Map.of("deserialization-failure-dlq", "true"),
                Map.of("origin-partition", "0", "origin-offset", "" + Long.MAX_VALUE, "origin-timestamp", "nonsense"),
                Map.of("dead-letter-offset", "nonsense", "", ""));
        headers.forEach(each -> log.append(topic, "77", state(77, "Before").toString(), each));
        append(state(77, "After them"));
        awaitServed(state(77, "After them"));
        assertEquals(Optional.empty(), deadLetter("77"));
    }

    @Test
    void deadLettersEveryViolationOfThePinnedSchema() {
        int count = SchemaViolations.of(examples.schema(), state(1, "Good")).size();
        requireDeadLetters(IntStream.range(0, count)
                .mapToObj(i -> {
                    Violation violation = SchemaViolations.of(examples.schema(), state(200 + i, "Good"))
                            .get(i);
                    assertNotEquals(Set.of(), pinned.validate(violation.document()), violation.description());
                    return new Broken(200 + i, violation.description(), bytes(violation.document()));
                })
                .toList());
    }

    @Test
    void deadLettersARecordThatIsNotOneJsonDocumentInUtf8() {
        List<String> descriptions =
                List.copyOf(SchemaViolations.unreadable(state(1, "Good")).keySet());
        requireDeadLetters(IntStream.range(0, descriptions.size())
                .mapToObj(i -> new Broken(
                        600 + i,
                        descriptions.get(i),
                        SchemaViolations.unreadable(state(600 + i, "Good")).get(descriptions.get(i))))
                .toList());
    }

    /** For each list that the service reads; JSON Schema cannot express it. */
    @Test
    void deadLettersTwoPartsWithOneId() {
        List<String> lists = examples.schema()
                .get("properties")
                .propertyStream()
                .filter(field -> SchemaExamples.typeOf(field.getValue()).equals("array"))
                .map(Map.Entry::getKey)
                .toList();
        requireDeadLetters(IntStream.range(0, lists.size())
                .mapToObj(i -> {
                    ObjectNode state = state(680 + i, "Twice");
                    ArrayNode parts = (ArrayNode) state.get(lists.get(i));
                    return new Broken(680 + i, lists.get(i), bytes(state.set(lists.get(i), parts.add(parts.get(0)))));
                })
                .toList());
    }

    /** JSON Schema cannot express it: to it, these are characters like any other. */
    @Test
    void deadLettersTextThatCannotBeStored() {
        List<String> texts = List.of("a\\u0000b", "\\ud800", "half \\udf31 of a pair");
        requireDeadLetters(IntStream.range(0, texts.size())
                .mapToObj(i -> {
                    String written = state(690 + i, "Text").toString().replace("Text", texts.get(i));
                    return new Broken(690 + i, texts.get(i), written.getBytes(UTF_8));
                })
                .toList());
    }

    @Test
    void saysThatWhatIsSetAsideIsNotUtf8() {
        byte[] value = SchemaViolations.unreadable(state(699, "Good")).get("not UTF-8");
        log.appendBytes(topic, "699", value, Map.of());
        ConsumerRecord<String, String> dead =
                await().until(() -> deadLetter("699"), Optional::isPresent).orElseThrow();
        assertEquals("The state can't be read: it is not UTF-8", header(dead, "dead-letter-reason"));
    }

    private record Broken(long productId, String description, byte[] value) {
        String key() {
            return Long.toString(productId);
        }
    }

    /** Each broken record follows a valid one of the same product, whose state must remain. */
    private void requireDeadLetters(List<Broken> broken) {
        for (Broken each : broken) {
            append(state(each.productId(), "Good"));
            log.appendBytes(topic, each.key(), each.value(), Map.of());
        }
        await().untilAsserted(() -> {
            Set<String> setAside = log.records(deadLetterTopic).stream()
                    .map(ConsumerRecord::key)
                    .collect(toSet());
            assertEquals(
                    List.of(),
                    broken.stream()
                            .filter(each -> !setAside.contains(each.key()))
                            .map(Broken::description)
                            .toList(),
                    "applied, not dead-lettered");
        });
        assertAll(broken.stream().map(each -> () -> assertServed(state(each.productId(), "Good"), each.description())));
    }

    private void requireApplied(ObjectNode state) {
        requireApplied(state, state);
    }

    private void requireApplied(ObjectNode written, ObjectNode meant) {
        assertEquals(Set.of(), pinned.validate(written));
        log.appendBytes(topic, meant.get("productId").asText(), bytes(written), Map.of());
        awaitServed(meant);
        delete(meant.get("productId").asLong());
        awaitNothingServed(meant.get("productId").asLong());
    }

    private ObjectNode state(long productId, String text) {
        return examples.saying(text).put("productId", productId);
    }

    private RecordMetadata append(ObjectNode state) {
        return appendTo(null, state);
    }

    private RecordMetadata appendTo(Integer partition, ObjectNode state) {
        return log.appendTo(partition, topic, state.get("productId").asText(), bytes(state), Map.of());
    }

    private void delete(long productId) {
        log.append(topic, Long.toString(productId), null, Map.of());
    }

    private void replay(ObjectNode state, RecordMetadata origin) {
        log.append(replayTopic, state.get("productId").asText(), state.toString(), origin(origin));
    }

    private static Map<String, String> origin(RecordMetadata record) {
        return Map.of(
                "origin-partition", Integer.toString(record.partition()),
                "origin-offset", Long.toString(record.offset()),
                "origin-timestamp", Long.toString(record.timestamp()));
    }

    private static Map<String, String> originOf(ConsumerRecord<String, String> record) {
        return Arrays.stream(record.headers().toArray())
                .filter(header -> header.key().startsWith("origin-"))
                .collect(toMap(Header::key, header -> new String(header.value(), UTF_8)));
    }

    /** The replay topic has one partition, so all earlier records have been read once this one has. */
    private void awaitReplayed() {
        String key = "mark-" + System.nanoTime();
        log.append(replayTopic, key, "", Map.of());
        await().until(() -> deadLetter(key), Optional::isPresent);
    }

    private Optional<ConsumerRecord<String, String>> deadLetter(String key) {
        return deadLetters(key).stream().findFirst();
    }

    private List<ConsumerRecord<String, String>> deadLetters(String key) {
        return log.records(deadLetterTopic).stream()
                .filter(record -> key.equals(record.key()))
                .toList();
    }

    private void awaitServed(ObjectNode state) {
        await().untilAsserted(() -> assertServed(state, "written"));
    }

    /** Every field of the state that the service serves is as written, and there is at least one. */
    private void assertServed(ObjectNode state, String description) {
        Response response = given().get(path(state.get("productId").asLong()));
        assertEquals(200, response.statusCode(), description);
        Map<String, JsonNode> served = read(response.asString()).properties().stream()
                .filter(field -> state.has(field.getKey()))
                .filter(field -> !field.getKey().equals("productId"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertFalse(served.isEmpty(), response.asString());
        JsonNode written = read(state.toString());
        served.forEach((field, value) -> assertEquals(written.get(field), value, description));
    }

    private void awaitNothingServed(long productId) {
        await().until(() -> servesNothing(productId));
    }

    private boolean servesNothing(long productId) {
        Response response = given().get(path(productId));
        return response.statusCode() == 404
                || response.statusCode() == 200
                        && read(response.asString()).valueStream().allMatch(list -> list.isArray() && list.isEmpty());
    }

    private static double lag() {
        return management("/q/metrics")
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith("updates_lag_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .max()
                .orElseThrow();
    }

    private static ValidatableResponse management(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port).get(path).then();
    }

    /** Of the only incoming channel. */
    private static String setting(String ending) {
        var config = ConfigProvider.getConfig();
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("mp.messaging.incoming.") && name.endsWith(ending))
                .findFirst()
                .map(name -> config.getValue(name, String.class))
                .orElseThrow();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static byte[] bytes(JsonNode document) {
        return document.toString().getBytes(UTF_8);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }
}
