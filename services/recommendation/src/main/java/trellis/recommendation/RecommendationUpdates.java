package trellis.recommendation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Updates from the log of product pages. While the database is away an update waits, and all behind it; one that can't be
 * digested fails and so goes to the dead-letter topic.
 */
@ApplicationScoped
class RecommendationUpdates {

    /** On a record that is replayed: its place in the log when it was first read. */
    static final String ORIGIN_OFFSET = "origin-offset";

    /** What is read of the state of a page: pinned/product-composite-update-v1.schema.json. */
    private record State(long productId, List<Recommendation> recommendations) {}

    private final Recommendations recommendations;
    private final ObjectMapper json;
    private final UpdatesConfig config;

    /** When the update at hand was written, in milliseconds since 1970; 0 while there is none. */
    private volatile long written;

    RecommendationUpdates(
            Recommendations recommendations, ObjectMapper json, UpdatesConfig config, MeterRegistry metrics) {
        this.recommendations = recommendations;
        this.json = json;
        this.config = config;
        TimeGauge.builder("updates.lag", this, TimeUnit.MILLISECONDS, RecommendationUpdates::lag)
                .description("How long ago the update that is being applied, or waits to be, was written")
                .register(metrics);
    }

    @Incoming("product-composites")
    Uni<Void> apply(ConsumerRecord<String, byte[]> message) {
        written = message.timestamp();
        return Uni.createFrom()
                .item(() -> read(message))
                .chain(recommendations::apply)
                .onFailure(StoreUnavailable.class)
                .invoke(away -> Log.warnf("Recommendations of product %s wait: %s", message.key(), away.getMessage()))
                .onFailure(StoreUnavailable.class)
                .retry()
                .withBackOff(config.shortestWait(), config.longestWait())
                .indefinitely()
                .eventually(() -> written = 0);
    }

    private double lag() {
        long since = written;
        return since == 0 ? 0 : System.currentTimeMillis() - since;
    }

    private RecommendationUpdate read(ConsumerRecord<String, byte[]> message) {
        long productId = Recommendations.requireProductId(productId(message.key()));
        List<Recommendation> recommendations =
                message.value() == null ? List.of() : recommendations(productId, message.value());
        return new RecommendationUpdate(productId, position(message), recommendations);
    }

    private static long productId(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw new InvalidInput("key", "The key is no productId: " + key);
        }
    }

    private List<Recommendation> recommendations(long productId, byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            State state = json.readValue(text, State.class);
            if (state == null) {
                throw new InvalidInput("state", "The state is null");
            }
            if (state.productId() != productId) {
                throw new InvalidInput("productId", "The key is " + productId + ", not " + state.productId());
            }
            return state.recommendations();
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException("The state can't be read: it is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The state can't be read: " + e.getMessage(), e);
        }
    }

    private static long position(ConsumerRecord<String, byte[]> message) {
        Header origin = message.headers().lastHeader(ORIGIN_OFFSET);
        return origin == null ? message.offset() : Long.parseLong(new String(origin.value(), StandardCharsets.UTF_8));
    }
}
