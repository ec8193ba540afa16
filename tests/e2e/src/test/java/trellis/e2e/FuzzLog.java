package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;

/** Writes records to the log, and holds the dead letters to those that are expected, each once. */
final class FuzzLog implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> deadLetters;

    /** What each is about, by the service and the place of the record that was set aside. */
    private final Map<String, String> expected = new HashMap<>();

    private final Map<String, Integer> seen = new HashMap<>();

    /** Dead letters that are there already are not looked at. */
    FuzzLog(Landscape landscape) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", landscape.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        deadLetters = new KafkaConsumer<>(
                Map.of("bootstrap.servers", landscape.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String service : List.of("product", "recommendation", "review")) {
            deadLetters
                    .partitionsFor(Log.deadLetters(service))
                    .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
        }
        deadLetters.assign(partitions);
        deadLetters.seekToEnd(partitions);
        partitions.forEach(deadLetters::position);
    }

    /** Returns when the broker has it. */
    RecordMetadata append(String topic, String key, byte[] value) {
        return send(new ProducerRecord<>(topic, bytes(key), value));
    }

    /** @param origin where the record was first */
    RecordMetadata appendReplay(String service, String key, byte[] value, long origin) {
        var record = new ProducerRecord<>(Log.UPDATES + "." + service + ".replay", bytes(key), value);
        record.headers().add("origin-offset", bytes(Long.toString(origin)));
        return send(record);
    }

    void expectDeadLetter(String service, RecordMetadata place, String about) {
        expected.put(place(service, place.topic(), place.partition(), place.offset()), about);
    }

    int expected() {
        return expected.size();
    }

    /** Returns when all that were expected are there, or not in time; says which are not, and which are there that shouldn't. */
    void awaitDeadLetters(Duration patience, Disagreements disagreements) {
        try {
            await().atMost(patience).until(() -> {
                deadLetters.poll(Duration.ofMillis(200)).forEach(letter -> seen.merge(place(letter), 1, Integer::sum));
                return seen.keySet().containsAll(expected.keySet());
            });
        } catch (ConditionTimeoutException e) {
            // said below, each
        }
        expected.forEach((place, about) -> {
            if (seen.getOrDefault(place, 0) != 1) {
                disagreements.add(
                        "set aside %d times by %s: %s"
                                .formatted(seen.getOrDefault(place, 0), place.split(" ")[0], about.split(":")[0]),
                        about);
            }
        });
        Set<String> unexpected = new HashSet<>(seen.keySet());
        unexpected.removeAll(expected.keySet());
        unexpected.forEach(place -> disagreements.add("set aside, though valid, by " + place.split(" ")[0], place));
    }

    @Override
    public void close() {
        producer.close();
        deadLetters.close();
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String place(ConsumerRecord<byte[], byte[]> letter) {
        String service = letter.topic().split("\\.")[1];
        return "%s %s-%s@%s"
                .formatted(
                        service,
                        header(letter, "dead-letter-topic"),
                        header(letter, "dead-letter-partition"),
                        header(letter, "dead-letter-offset"));
    }

    private static String place(String service, String topic, int partition, long offset) {
        return "%s %s-%s@%s".formatted(service, topic, partition, offset);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
