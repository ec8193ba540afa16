package trellis.chassis.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads records on a broker. */
public final class TestLog implements AutoCloseable {

    private final String broker;
    private final KafkaProducer<String, byte[]> producer;

    public TestLog(String bootstrapServers) {
        broker = bootstrapServers;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Appends a record and returns its position.
     *
     * @param value null is a tombstone
     */
    public RecordMetadata append(String topic, String key, String value, Map<String, String> headers) {
        return appendBytes(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** As {@link #append}, for values that need not be text. */
    public RecordMetadata appendBytes(String topic, String key, byte[] value, Map<String, String> headers) {
        return appendTo(null, topic, key, value, headers);
    }

    /**
     * As {@link #appendBytes}, to a given partition.
     *
     * @param partition null for the key's own
     */
    public RecordMetadata appendTo(
            Integer partition, String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> next = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach(
                (name, text) -> next.headers().add(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8)));
        try {
            return producer.send(next).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker did not take the record", e);
        }
    }

    /** All records that the topic holds now. */
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

    /** Returns once the broker has deleted it. */
    public void deleteTopic(String topic) {
        administrate(admin -> admin.deleteTopics(List.of(topic)).all());
    }

    /** With one partition. */
    public void createTopic(String topic) {
        administrate(admin ->
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
    }

    /** Sets the topic's {@code cleanup.policy}. */
    public void cleanUp(String topic, String policy) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigEntry entry = new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, policy);
        administrate(admin -> admin.incrementalAlterConfigs(
                        Map.of(resource, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all());
    }

    private void administrate(Function<Admin, KafkaFuture<Void>> task) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            task.apply(admin).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The broker did not do it", e);
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
