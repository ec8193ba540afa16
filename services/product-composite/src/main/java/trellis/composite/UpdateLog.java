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
import java.util.List;
import java.util.Optional;
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

    private final MutinyEmitter<Record<String, byte[]>> emitter;
    private final KafkaClientService clients;
    private final ObjectMapper json;

    UpdateLog(
            @Channel(CHANNEL) MutinyEmitter<Record<String, byte[]>> emitter,
            KafkaClientService clients,
            ObjectMapper json) {
        this.emitter = emitter;
        this.clients = clients;
        this.json = json;
    }

    /**
     * Connects to the broker now, so that the first update need not wait for it. An unavailable broker does not
     * prevent the start.
     */
    void connect(@Observes StartupEvent started) {
        clients.getProducer(CHANNEL).partitionsFor(CHANNEL).subscribe().with(known -> {}, failure -> {});
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
