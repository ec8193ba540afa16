package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to the log, and checks that exactly the expected dead letters appear, each once. */
final class FuzzLog implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> deadLetters;

    /** A description of each expected dead letter, by service and position of the record. */
    private final Map<String, String> expected = new HashMap<>();

    private final Set<String> allowed = new HashSet<>();

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> seen = new HashMap<>();

    /** Ignores dead letters from before. */
    FuzzLog(LiveLandscape landscape) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", landscape.bootstrapServers(), "acks", "all", "linger.ms", "0"),
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

    /** Returns once the broker has stored it. */
    RecordMetadata append(String topic, String key, byte[] value) {
        return send(new ProducerRecord<>(topic, bytes(key), value));
    }

    /** @param origin the record's original position */
    RecordMetadata appendReplay(String service, String key, byte[] value, RecordMetadata origin) {
        var record = new ProducerRecord<>(Log.UPDATES + "." + service + ".replay", bytes(key), value);
        Log.origin(origin).forEach((name, text) -> record.headers().add(name, bytes(text)));
        return send(record);
    }

    void expectDeadLetter(String service, RecordMetadata place, String about) {
        expected.put(place(service, place.topic(), place.partition(), place.offset()), about);
    }

    /** Expects it once or not at all. */
    void allowDeadLetter(String service, RecordMetadata place) {
        allowed.add(place(service, place.topic(), place.partition(), place.offset()));
    }

    int expected() {
        return expected.size();
    }

    /** Returns once all expected dead letters are there, or after this time. */
    void awaitDeadLetters(Duration patience) {
        Instant end = Instant.now().plus(patience);
        while (!seen.keySet().containsAll(expected.keySet()) && Instant.now().isBefore(end)) {
            poll();
        }
    }

    /** Reports dead letters that are missing, duplicate or unexpected. */
    void compareDeadLetters(Violations violations) {
        poll();
        expected.forEach((place, about) -> {
            int times = seen.getOrDefault(place, List.of()).size();
            if (times != 1) {
                violations.add(
                        "%s is dead-lettered %d times by %s".formatted(about.split(":")[0], times, serviceOf(place)),
                        place + ": " + about);
            }
        });
        seen.forEach((place, letters) -> {
            if (!expected.containsKey(place) && !(allowed.contains(place) && letters.size() == 1)) {
                String reason = Log.header(letters.getFirst(), "dead-letter-reason");
                violations.add(
                        "valid, but dead-lettered by " + serviceOf(place),
                        place + ": " + reason + ": "
                                + new String(letters.getFirst().value(), UTF_8));
            }
        });
    }

    private void poll() {
        deadLetters.poll(Duration.ofMillis(500)).forEach(letter -> seen.computeIfAbsent(
                        place(letter), place -> new ArrayList<>())
                .add(letter));
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
                        Log.header(letter, "dead-letter-topic"),
                        Log.header(letter, "dead-letter-partition"),
                        Log.header(letter, "dead-letter-offset"));
    }

    private static String serviceOf(String place) {
        return place.substring(0, place.indexOf(' '));
    }

    private static String place(String service, String topic, int partition, long offset) {
        return "%s %s-%s@%s".formatted(service, topic, partition, offset);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
