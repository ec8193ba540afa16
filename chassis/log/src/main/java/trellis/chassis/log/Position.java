package trellis.chassis.log;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import trellis.chassis.http.InvalidInput;

/**
 * A record's position in the log of updates. Offsets order the records of one partition; records of different
 * partitions are ordered by the time at which the broker appended them: docs/decisions/position-per-product.md.
 *
 * @param timestamp in milliseconds since 1970
 */
record Position(int partition, long offset, long timestamp) {

    private static final String PARTITION = "origin-partition";
    private static final String OFFSET = "origin-offset";
    private static final String TIMESTAMP = "origin-timestamp";

    /** The suffix of topics whose records are replayed and carry their original position in headers. */
    private static final String REPLAYED = ".replay";

    /** Throws {@link InvalidInput} if a replayed record does not carry its original position. */
    static Position of(ConsumerRecord<?, ?> record) {
        return isReplayed(record.topic())
                ? origin(record.headers())
                : new Position(record.partition(), record.offset(), record.timestamp());
    }

    static boolean isReplayed(String topic) {
        return topic.endsWith(REPLAYED);
    }

    /** Adds the headers that {@link #of} reads from a replay topic. */
    void writeTo(Headers headers) {
        write(headers, PARTITION, partition);
        write(headers, OFFSET, offset);
        write(headers, TIMESTAMP, timestamp);
    }

    boolean isAfter(Position other) {
        if (partition == other.partition) {
            return offset > other.offset;
        }
        return timestamp == other.timestamp ? partition > other.partition : timestamp > other.timestamp;
    }

    private static Position origin(Headers headers) {
        return new Position(
                read(headers, PARTITION, Integer::parseInt),
                read(headers, OFFSET, Long::parseLong),
                read(headers, TIMESTAMP, Long::parseLong));
    }

    private static <T> T read(Headers headers, String name, Function<String, T> parser) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new InvalidInput(name, "A replayed record has no " + name);
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new InvalidInput(name, "Not a valid " + name + ": " + text);
        }
    }

    private static void write(Headers headers, String name, long number) {
        headers.add(name, Long.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return offset + " of partition " + partition;
    }
}
