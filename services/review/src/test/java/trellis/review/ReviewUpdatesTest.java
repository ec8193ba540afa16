package trellis.review;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trellis.local.KafkaBroker;
import trellis.local.PostgresServer;
import trellis.local.TestLog;

@RealStores
class ReviewUpdatesTest {

    private static final String TOPIC = "product-composites";
    private static final String REPLAY = "product-composites.review.replay";
    private static final String DEAD_LETTERS = "product-composites.review.dead-letter";

    KafkaBroker broker;
    PostgresServer database;
    private TestLog log;

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
        append(1, "Trellis");
        awaitAuthor(1, "Trellis");
        append(1, "Pergola");
        awaitAuthor(1, "Pergola");
        log.append(TOPIC, "1", null, Map.of());
        awaitAbsence(1);
    }

    @Test
    void ignoresWhatIsOlderThanWhatItHas() {
        append(2, "First");
        long second = append(2, "Second");
        awaitAuthor(2, "Second");
        replay(2, state(2, "Late"), second - 1);
        replay(2, state(2, "Again"), second);
        append(3, "Behind it");
        awaitAuthor(3, "Behind it");
        awaitReplayed();
        assertEquals(List.of("Second"), authors(2));
    }

    @Test
    void doesNotBringBackWhatWasDeleted() {
        long first = append(4, "First");
        log.append(TOPIC, "4", null, Map.of());
        awaitReplayed();
        awaitAbsence(4);
        replay(4, state(4, "First"), first);
        awaitReplayed();
        assertEquals(List.of(), authors(4));
    }

    @Test
    void replaysWhatIsStillTheNewest() {
        long place = append(5, "First");
        awaitAuthor(5, "First");
        replay(5, state(5, "Mended"), place + 1);
        awaitAuthor(5, "Mended");
    }

    @Test
    void setsAsideWhatItCannotDigestAndGoesOn() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        long poisoned = log.append(
                TOPIC, "6", "{\"productId\": 6", Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        append(6, "Good");
        awaitAuthor(6, "Good");
        ConsumerRecord<String, String> dead =
                await().until(() -> deadLetter("6"), Optional::isPresent).orElseThrow();
        assertTrue(header(dead, "dead-letter-reason").startsWith("The state can't be read"));
        assertEquals(TOPIC, header(dead, "dead-letter-topic"));
        assertEquals(Long.toString(poisoned), header(dead, "dead-letter-offset"));
        assertTrue(header(dead, "traceparent").contains(trace));
    }

    @Test
    void setsAsideWhatBreaksARule() {
        log.append(TOPIC, "no number", state(7, "Trellis"), Map.of());
        log.append(TOPIC, "8", state(9, "Another's"), Map.of());
        log.append(TOPIC, "10", state(10, " "), Map.of());
        log.append(TOPIC, "61", state(61, "Twice").replaceFirst("(\\{\"reviewId.*?\\})", "$1, $1"), Map.of());
        for (String key : new String[] {"no number", "8", "10", "61"}) {
            await().until(() -> deadLetter(key), Optional::isPresent);
        }
        assertEquals(List.of(), authors(9));
    }

    @Test
    void waitsForItsDatabaseAndLosesNothing() {
        append(11, "Before");
        awaitAuthor(11, "Before");
        management("/q/health/ready").statusCode(200);
        database.kill();
        for (int id = 12; id < 60; id++) {
            append(id, "Meanwhile");
        }
        await().untilAsserted(() -> given().get("/v1/reviews?productId=11")
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
        for (int id = 12; id < 60; id++) {
            awaitAuthor(id, "Meanwhile");
        }
        assertEquals(Optional.empty(), deadLetter("12"));
    }

    private double lag() {
        return given().port(managementPort())
                .get("/q/metrics")
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith("updates_lag_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .max()
                .orElse(0);
    }

    private static io.restassured.response.ValidatableResponse management(String path) {
        return given().port(managementPort()).get(path).then();
    }

    private static int managementPort() {
        return org.eclipse.microprofile.config.ConfigProvider.getConfig()
                .getValue("quarkus.management.test-port", int.class);
    }

    private long append(long productId, String author) {
        return log.append(TOPIC, Long.toString(productId), state(productId, author), Map.of());
    }

    private void replay(long productId, String state, long origin) {
        log.append(REPLAY, Long.toString(productId), state, Map.of(ReviewUpdates.ORIGIN_OFFSET, Long.toString(origin)));
    }

    /** The replay topic has one partition, so what was there before this record has been read when this one has. */
    private void awaitReplayed() {
        String key = "mark-" + System.nanoTime();
        log.append(REPLAY, key, "", Map.of());
        await().until(() -> deadLetter(key), Optional::isPresent);
    }

    private Optional<ConsumerRecord<String, String>> deadLetter(String key) {
        return log.records(DEAD_LETTERS).stream()
                .filter(record -> key.equals(record.key()))
                .findFirst();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value());
    }

    private static String state(long productId, String author) {
        String review = "{\"reviewId\": 1, \"author\": \"%s\", \"subject\": \"Summer\", \"content\": \"Good\"}";
        return ("{\"productId\": %d, \"reviews\": [" + review + "]}").formatted(productId, author);
    }

    private static void awaitAuthor(long productId, String author) {
        await().atMost(Duration.ofSeconds(20)).until(() -> authors(productId), equalTo(List.of(author)));
    }

    private static void awaitAbsence(long productId) {
        await().until(() -> authors(productId), empty());
    }

    private static List<String> authors(long productId) {
        return given().get("/v1/reviews?productId=" + productId).path("reviews.author");
    }
}
