package trellis.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log of updates, accessed directly on the broker. */
final class Log {
    static final String UPDATES = "product-composites";

    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    static {
        KAFKA.setLevel(Level.WARNING); // the clients log their whole configuration on each start
    }

    private final String bootstrapServers;

    Log(LiveLandscape landscape) {
        bootstrapServers = landscape.bootstrapServers();
    }

    static String deadLetters(String group) {
        return UPDATES + "." + group + ".dead-letter";
    }

    /** Returns once the broker has stored it. */
    RecordMetadata append(String topic, String key, String value, Map<String, String> headers) {
        var record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            return producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The headers with a record's original position, for replaying it. */
    static Map<String, String> origin(RecordMetadata record) {
        return Map.of(
                "origin-partition", Integer.toString(record.partition()),
                "origin-offset", Long.toString(record.offset()),
                "origin-timestamp", Long.toString(record.timestamp()));
    }

    /** The records with this key, oldest first. */
    List<ConsumerRecord<String, String>> of(String topic, String key) {
        return of(topic).stream().filter(record -> key.equals(record.key())).toList();
    }

    /** All records, oldest first. */
    List<ConsumerRecord<String, String>> of(String topic) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
