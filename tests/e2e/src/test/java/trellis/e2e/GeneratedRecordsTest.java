package trellis.e2e;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import trellis.e2e.GeneratedRecords.Generated;

/** {@code -Dfuzz.records} says how many: {@code 10000}, or {@code 90s}. */
@ExtendWith(LandscapeResolver.class)
@Tag("processes")
@Timeout(value = 2, unit = HOURS)
class GeneratedRecordsTest {
    /** The services, and where each serves its part of a product. */
    private static final SortedMap<String, String> SERVICES = new TreeMap<>(Map.of(
            "product", "/v1/products/",
            "recommendation", "/v1/recommendations?productId=",
            "review", "/v1/reviews?productId="));

    private static final int PRODUCTS = 200;
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonNode NOTHING = JsonNodeFactory.instance.nullNode();

    private final RandomSource chance = RandomSource.ofThisRun("records");
    private final List<Long> products = LongStream.generate(() -> chance.between(1L << 40, Long.MAX_VALUE))
            .limit(PRODUCTS)
            .boxed()
            .toList();
    private final GeneratedRecords generated = new GeneratedRecords(chance, products);
    private final Map<String, PinnedReader> readers =
            SERVICES.keySet().stream().collect(toMap(Function.identity(), PinnedReader::new));

    /** By service and product; absent if nothing should be served. */
    private final Map<String, Map<Long, JsonNode>> expected =
            SERVICES.keySet().stream().collect(toMap(Function.identity(), service -> new HashMap<>()));

    /** The offset, by service and product. */
    private final Map<String, Long> lastApplied = new HashMap<>();

    /** How its last records were generated, by product. */
    private final Map<Long, String> madeBy = new HashMap<>();

    private final Violations violations = new Violations();
    private final Api api;
    private final LiveLandscape landscape;

    GeneratedRecordsTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void validRecordsAreAppliedAndInvalidOnesAreDeadLetteredAndChangeNothing() {
        RunLength length = RunLength.of("fuzz.records", "90s");
        try (FuzzLog log = new FuzzLog(landscape)) {
            List<Written> past = new ArrayList<>();
            boolean more = true;
            while (more) {
                Set<Long> touched = new LinkedHashSet<>();
                for (int i = 0; i < BATCH && (more = length.another()); i++) {
                    if (!past.isEmpty() && chance.oneIn(10)) {
                        redeliver(log, chance.oneOf(past));
                    } else {
                        past.add(write(log, generated.next(), touched));
                    }
                }
                awaitShown(touched);
            }
            System.out.printf("records: %s, dead letters: %d%n", length, log.expected());
            log.awaitDeadLetters(PATIENCE);
            awaitShown(products);
            log.compareDeadLetters(violations);
            products.forEach(productId -> log.append(Log.UPDATES, Long.toString(productId), null));
        }
        violations.requireNone();
    }

    private record Written(Generated record, RecordMetadata place) {}

    private Written write(FuzzLog log, Generated record, Set<Long> touched) {
        Written written = new Written(record, log.append(Log.UPDATES, record.key(), record.value()));
        PinnedReader.productId(record.key()).ifPresent(productId -> {
            touched.add(productId);
            madeBy.put(productId, record.made());
        });
        readers.forEach((service, reader) -> reader.shown(record.key(), record.value())
                .ifPresentOrElse(
                        shown -> applied(service, Long.parseLong(record.key()), shown, written.place),
                        () -> log.expectDeadLetter(service, written.place, record.toString())));
        return written;
    }

    private void applied(String service, long productId, JsonNode shown, RecordMetadata place) {
        expected.get(service).put(productId, shown);
        lastApplied.put(service + productId, place.offset());
    }

    /**
     * Replays the record to one service, which has read it already: a record that it refused is refused again, or
     * ignored if a newer one has been applied; nothing else changes.
     */
    private void redeliver(FuzzLog log, Written old) {
        String service = chance.oneOf(List.copyOf(SERVICES.keySet()));
        String key = chance.oneIn(20) ? null : old.record.key(); // a compacted topic rejects records without a key
        RecordMetadata place = log.appendReplay(service, key, old.record.value(), old.place);
        if (readers.get(service).shown(key, old.record.value()).isEmpty()) {
            if (lastApplied.getOrDefault(service + key, 0L) > old.place.offset()) {
                log.allowDeadLetter(service, place);
            } else {
                log.expectDeadLetter(service, place, "redelivered, " + old.record);
            }
        }
    }

    private void awaitShown(Collection<Long> touched) {
        for (String service : SERVICES.keySet()) {
            List<Long> waiting = new ArrayList<>(touched);
            try {
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .atMost(PATIENCE)
                        .until(() -> {
                            waiting.removeIf(productId -> isShown(service, productId));
                            return waiting.isEmpty();
                        });
            } catch (ConditionTimeoutException e) {
                waiting.forEach(productId -> disagree(service, productId));
            }
        }
    }

    private boolean isShown(String service, long productId) {
        return shown(service, productId).equals(expected(service, productId));
    }

    private JsonNode expected(String service, long productId) {
        return expected.get(service).getOrDefault(productId, NOTHING);
    }

    private void disagree(String service, long productId) {
        JsonNode shown = shown(service, productId);
        violations.add(
                service + " serves something else than was written last: " + madeBy.get(productId),
                "product %d: %s instead of %s".formatted(productId, shown, expected(service, productId)));
        expected.get(service).put(productId, shown);
    }

    /** As {@link PinnedReader#shown} returns it. */
    private JsonNode shown(String service, long productId) {
        Response response = api.get(landscape.address(service).resolve(SERVICES.get(service) + productId));
        if (response.status() == 404) {
            return NOTHING;
        }
        JsonNode json = response.requireStatus(200).json();
        boolean empty = json.valueStream().allMatch(part -> part.isArray() && part.isEmpty());
        return empty ? NOTHING : ((ObjectNode) json).put("productId", productId);
    }
}
