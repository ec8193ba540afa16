package trellis.chassis.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a test writes to a broker and reads from it. */
public final class TestLog implements AutoCloseable {

    private final String broker;
    private final KafkaProducer<String, byte[]> producer;

    public TestLog(String bootstrapServers) {
        broker = bootstrapServers;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Appends a record and returns its offset.
     *
     * @param value null is a tombstone
     */
    public long append(String topic, String key, String value, Map<String, String> headers) {
        return appendBytes(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** As {@link #append}, also for what is no text. */
    public long appendBytes(String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> next = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> next.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            return producer.send(next).get().offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker did not take the record", e);
        }
    }

    /** All that the topic holds now. */
    public List<ConsumerRecord<String, String>> records(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(TestLog::partition)
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }
}
