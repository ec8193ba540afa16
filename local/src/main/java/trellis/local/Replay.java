package trellis.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Replays a service's dead letters. Each record carries its original position, so it never overwrites a newer one; a
 * record that fails again becomes a dead letter again, and one without its original position is skipped. Progress is
 * committed to the broker, so a second run replays only newer dead letters.
 */
public final class Replay {
    /** The headers with a record's original position; the service writes and reads them. */
    private static final List<String> ORIGIN = List.of("origin-partition", "origin-offset", "origin-timestamp");

    private static final String DEAD_LETTER = "dead-letter-";

    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private final String bootstrapServers;
    private final String service;

    /** @param service the service whose dead letters are replayed, such as {@code product} */
    public Replay(String bootstrapServers, String service) {
        this.bootstrapServers = bootstrapServers;
        this.service = service;
    }

    public static void main(String[] arguments) {
        KAFKA.setLevel(Level.WARNING); // only the report should be printed
        String servers = Objects.requireNonNullElse(System.getenv("KAFKA_BOOTSTRAP_SERVERS"), "127.0.0.1:9192");
        int moved = new Replay(servers, arguments[0]).run(System.out::println);
        System.out.println(moved + " records moved to " + Topics.replay(arguments[0]));
    }

    /**
     * Returns once all current dead letters have been sent.
     *
     * @param report receives a line for each record: why it had failed, and whether it is skipped
     * @return how many were sent
     * @throws IllegalStateException if the broker becomes unavailable
     */
    public int run(Consumer<String> report) {
        int moved = 0;
        try (var consumer = consumer();
                var producer = producer()) {
            List<TopicPartition> partitions = partitions(consumer, report);
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (var letter : consumer.poll(Duration.ofSeconds(1))) {
                    if (hasOrigin(letter)) {
                        producer.send(replay(letter)).get();
                        report.accept(description(letter));
                        moved++;
                    } else {
                        report.accept("SKIPPED, no original position: " + description(letter));
                    }
                }
                consumer.commitSync();
            }
            return moved;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not accept a record: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The broker at " + bootstrapServers + " is unreachable: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits for the broker and the topic, for as long as it takes. */
    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Consumer<String> report)
            throws InterruptedException {
        String topic = Topics.deadLetters(service);
        var waiting = WaitProgress.reportedAtOnce("the topic " + topic + " at " + bootstrapServers, report);
        while (true) {
            try {
                List<PartitionInfo> found = consumer.partitionsFor(topic, Duration.ofSeconds(2));
                if (!found.isEmpty()) {
                    return found.stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
                }
            } catch (TimeoutException e) {
                // not there yet
            }
            waiting.pause(Duration.ofSeconds(1));
        }
    }

    private static boolean hasOrigin(ConsumerRecord<byte[], byte[]> letter) {
        return ORIGIN.stream().allMatch(name -> value(letter, name).isPresent());
    }

    private ProducerRecord<byte[], byte[]> replay(ConsumerRecord<byte[], byte[]> letter) {
        var record = new ProducerRecord<>(Topics.replay(service), letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(DEAD_LETTER)) {
                record.headers().add(header);
            }
        }
        return record;
    }

    private static String description(ConsumerRecord<byte[], byte[]> letter) {
        String key = letter.key() == null ? "none" : new String(letter.key(), StandardCharsets.UTF_8);
        return "key " + key + ", offset " + text(letter, "offset") + " of " + text(letter, "topic") + "-"
                + text(letter, "partition") + ": " + text(letter, "reason");
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String what) {
        return value(letter, DEAD_LETTER + what).orElse("unknown");
    }

    private static Optional<String> value(ConsumerRecord<?, ?> record, String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        service + "-replay",
                        "enable.auto.commit",
                        "false",
                        "auto.offset.reset",
                        "earliest",
                        "default.api.timeout.ms",
                        "15000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.block.ms", "15000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
