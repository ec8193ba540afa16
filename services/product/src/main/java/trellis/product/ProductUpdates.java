package trellis.product;

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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Updates from the log of product pages. While the database is away an update waits, and all behind it; one that can't be
 * digested fails and so goes to the dead-letter topic.
 */
@ApplicationScoped
class ProductUpdates {

    /** On a record that is replayed: its place in the log when it was first read. */
    static final String ORIGIN_OFFSET = "origin-offset";

    private final ProductCatalog catalog;
    private final ObjectMapper json;
    private final UpdatesConfig config;

    /** When the update at hand was written, in milliseconds since 1970; 0 while there is none. */
    private volatile long written;

    ProductUpdates(ProductCatalog catalog, ObjectMapper json, UpdatesConfig config, MeterRegistry metrics) {
        this.catalog = catalog;
        this.json = json;
        this.config = config;
        TimeGauge.builder("updates.lag", this, TimeUnit.MILLISECONDS, ProductUpdates::lag)
                .description("How long ago the update that is being applied, or waits to be, was written")
                .register(metrics);
    }

    @Incoming("product-composites")
    Uni<Void> apply(ConsumerRecord<String, byte[]> message) {
        written = message.timestamp();
        return Uni.createFrom()
                .item(() -> read(message))
                .chain(catalog::apply)
                .onFailure(StoreUnavailable.class)
                .invoke(away -> Log.warnf("Product %s waits: %s", message.key(), away.getMessage()))
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

    private ProductUpdate read(ConsumerRecord<String, byte[]> message) {
        long productId = Product.requireId(productId(message.key()));
        Optional<Product> product = Optional.ofNullable(message.value()).map(this::product);
        if (product.isPresent() && product.get().productId() != productId) {
            throw new InvalidInput(
                    "productId",
                    "The key is " + productId + ", not " + product.get().productId());
        }
        return new ProductUpdate(productId, position(message), product);
    }

    private static long productId(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw new InvalidInput("key", "The key is no productId: " + key);
        }
    }

    private Product product(byte[] state) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(state))
                    .toString();
            Product product = json.readValue(text, Product.class);
            if (product == null) {
                throw new InvalidInput("state", "The state is null");
            }
            return product;
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
