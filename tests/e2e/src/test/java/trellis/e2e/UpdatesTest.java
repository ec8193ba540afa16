package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import trellis.local.Replay;
import trellis.local.Services;

@ExtendWith(LandscapeResolver.class)
class UpdatesTest {
    private static final List<String> GROUPS = Services.CORE;

    private final LiveLandscape landscape;
    private final Api api;
    private final Log log;
    private final long productId = Api.newId();
    private final String key = Long.toString(productId);

    UpdatesTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
        log = new Log(landscape);
    }

    @Test
    void anUpdateIsOneRecordWithTheWholeState() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        var records = log.of(Log.UPDATES, key);
        assertEquals(1, records.size());
        assertTrue(records.getFirst().value().contains("Kettle")
                && records.getFirst().value().contains("Fine"));
        assertFalse(Log.header(records.getFirst(), "traceparent").isBlank());
    }

    @Test
    void anUpdateDeliveredAgainChangesNothing() {
        RecordMetadata once = append(Pages.state(productId, "Kettle"));
        awaitName("Kettle");
        replay("Told apart from what was there", once);
        awaitReplays();
        assertEquals("Kettle", api.page(productId).json().path("name").asText());
    }

    @Test
    void anOlderUpdateDeliveredAgainDoesNotOverwriteANewerOne() {
        RecordMetadata old = append(Pages.state(productId, "Old"));
        append(Pages.state(productId, "New"));
        awaitName("New");
        replay("Old", old);
        awaitReplays();
        assertEquals("New", api.page(productId).json().path("name").asText());
    }

    @Test
    void anInvalidUpdateIsDeadLetteredWithReasonOriginAndTraceAndTheNextIsApplied() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e" + String.format("%04x", productId % 65536);
        RecordMetadata poison = log.append(
                Log.UPDATES,
                key,
                "{\"productId\": 1, poison",
                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        append(Pages.state(productId, "After the poison"));
        awaitName("After the poison");

        for (String group : GROUPS) {
            await().atMost(30, SECONDS)
                    .until(() -> log.of(Log.deadLetters(group), key).size() == 1);
            var letter = log.of(Log.deadLetters(group), key).getFirst();
            assertEquals("{\"productId\": 1, poison", letter.value());
            assertFalse(Log.header(letter, "dead-letter-reason").isBlank());
            assertEquals(Log.UPDATES, Log.header(letter, "dead-letter-topic"));
            assertEquals(Long.toString(poison.offset()), Log.header(letter, "dead-letter-offset"));
            assertEquals(Integer.toString(poison.partition()), Log.header(letter, "dead-letter-partition"));
            assertTrue(Log.header(letter, "traceparent").contains(trace), Log.header(letter, "traceparent"));
        }
    }

    @Test
    void replayRetriesDeadLettersLosesNothingAndOverwritesNothingNewer() {
        RecordMetadata poison = append("poison");
        append(Pages.state(productId, "Newer"));
        awaitName("Newer");
        // two that failed for a reason that has since been fixed: for one there is a newer update, the other is the
        // only one
        // of its product
        long alone = Api.newId();
        for (String group : GROUPS) {
            await().atMost(30, SECONDS)
                    .until(() -> log.of(Log.deadLetters(group), key).size() == 1);
            setAside(group, productId, "Overtaken", Log.origin(poison));
            setAside(group, alone, "Alone", Log.origin(poison));
            setAside(group, alone, "Nowhere", Map.of());
        }

        List<String> report = new ArrayList<>();
        for (String group : GROUPS) {
            assertTrue(new Replay(landscape.bootstrapServers(), group).run(report::add) >= 3);
        }
        assertTrue(report.stream().anyMatch(line -> line.contains(key)), report.toString());
        assertEquals(
                GROUPS.size(),
                report.stream()
                        .filter(line -> line.startsWith("SKIPPED") && line.contains(Long.toString(alone)))
                        .count(),
                report.toString());

        await().atMost(30, SECONDS).untilAsserted(() -> {
            var page = api.page(alone).requireStatus(200).json();
            assertEquals("Alone", page.path("name").asText());
            assertEquals(1, page.path("recommendations").size());
            assertEquals(1, page.path("reviews").size());
        });
        assertEquals("Newer", api.page(productId).json().path("name").asText());
        for (String group : GROUPS) { // the invalid record is dead-lettered again, and keeps its original position
            await().atMost(30, SECONDS)
                    .until(() -> log.of(Log.deadLetters(group), key).size() == 3);
            var letter = log.of(Log.deadLetters(group), key).getLast();
            assertEquals("poison", letter.value());
            assertEquals(Long.toString(poison.offset()), Log.header(letter, "origin-offset"));
            new Replay(landscape.bootstrapServers(), group).run(report::add);
            assertEquals(
                    1,
                    log.of(Log.UPDATES + "." + group + ".replay", Long.toString(alone))
                            .size(),
                    "What was sent again isn't sent twice");
        }
    }

    private void setAside(String group, long id, String name, Map<String, String> origin) {
        Map<String, String> headers = new HashMap<>(origin);
        headers.put("dead-letter-reason", "it could not be digested then");
        log.append(Log.deadLetters(group), Long.toString(id), Pages.state(id, name), headers);
    }

    private RecordMetadata append(String state) {
        return log.append(Log.UPDATES, key, state, Map.of());
    }

    private void replay(String name, RecordMetadata first) {
        for (String group : GROUPS) {
            log.append(Log.UPDATES + "." + group + ".replay", key, Pages.state(productId, name), Log.origin(first));
        }
    }

    private void awaitReplays() {
        long marker = Api.newId();
        for (String group : GROUPS) {
            log.append(
                    Log.UPDATES + "." + group + ".replay",
                    Long.toString(marker),
                    Pages.state(marker, "Marker"),
                    Map.of("origin-partition", "0", "origin-offset", "0", "origin-timestamp", "0"));
        }
        await().atMost(30, SECONDS).untilAsserted(() -> {
            var page = api.page(marker).requireStatus(200).json();
            assertEquals(1, page.path("recommendations").size());
            assertEquals(1, page.path("reviews").size());
        });
    }

    private void awaitName(String name) {
        await().atMost(30, SECONDS).untilAsserted(() -> {
            var page = api.page(productId).requireStatus(200).json();
            assertEquals(name, page.path("name").asText());
            assertEquals(1, page.path("recommendations").size());
            assertEquals(1, page.path("reviews").size());
        });
    }
}
