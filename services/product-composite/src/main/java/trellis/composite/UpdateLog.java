package trellis.composite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import trellis.chassis.http.Unavailable;

/**
 * Writes the log of updates. The latest record of a key is the state of that page:
 * contract/product-composite-update-v1.
 */
@ApplicationScoped
class UpdateLog {

    private record State(
            long productId, String name, int weight, List<Recommendation> recommendations, List<Review> reviews) {

        State(long productId, PageContent content) {
            this(productId, content.name(), content.weight(), content.recommendations(), content.reviews());
        }
    }

    private static final String CHANNEL = "product-composites";
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final MutinyEmitter<Record<String, byte[]>> emitter;
    private final KafkaClientService clients;
    private final Duration connectTimeout;
    private final ObjectMapper json;
    private volatile boolean prepared;

    UpdateLog(
            @Channel(CHANNEL) MutinyEmitter<Record<String, byte[]>> emitter,
            KafkaClientService clients,
            @ConfigProperty(name = "update-log.connect-timeout") Duration connectTimeout,
            ObjectMapper json) {
        this.emitter = emitter;
        this.clients = clients;
        this.connectTimeout = connectTimeout;
        this.json = json;
    }

    /**
     * Connects to the broker now, and asks where the log is: for a cold instance this takes longer than a write may
     * wait. An unavailable broker does not prevent the start.
     */
    void connect(@Observes StartupEvent started) {
        clients.getProducer(CHANNEL)
                .partitionsFor(CHANNEL)
                .onFailure()
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .expireIn(connectTimeout.toMillis())
                .subscribe()
                .with(known -> prepared = true, failure -> prepared = true);
    }

    /** Whether the broker has said where the log is, or hasn't within the timeout. */
    boolean prepared() {
        return prepared;
    }

    /**
     * Appends the new state, or the deletion if it is empty. Completes when the broker has stored it; fails with
     * {@link Unavailable} otherwise.
     */
    Uni<Void> append(long productId, Optional<PageContent> content) {
        byte[] state =
                content.map(present -> bytes(new State(productId, present))).orElse(null);
        return emitter.send(Record.of(Long.toString(productId), state))
                .invoke(() -> Log.infof("Product %d: %s accepted", productId, state == null ? "deletion" : "new state"))
                .onFailure()
                .transform(failure -> new Unavailable("The update could not be stored", failure));
    }

    private byte[] bytes(State state) {
        try {
            return json.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
