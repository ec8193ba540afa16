package trellis.chassis.log;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;

@ApplicationScoped
class NoteUpdates implements PanacheRepositoryBase<Note, Long> {

    /** note.schema.json, which had neither author nor year at first. */
    record State(long productId, String text, int stars, Optional<String> author, Optional<Integer> year)
            implements trellis.chassis.log.State {
        State {
            Rules.requireText("text", text, 50);
            author.ifPresent(present -> Rules.requireText("author", present, 50));
            if (stars < 1 || stars > 5) {
                throw new InvalidInput("stars", "Stars are 1 to 5");
            }
            year.filter(written -> written < 1900 || written > 2100).ifPresent(wrong -> {
                throw new InvalidInput("year", "The year is 1900 to 2100");
            });
        }
    }

    private final LogReader log;

    NoteUpdates(LogReader log) {
        this.log = log;
    }

    @Incoming("notes")
    Uni<Void> apply(ConsumerRecord<String, byte[]> record) {
        return log.each(record, State.class, update -> delete("productId", update.productId())
                .chain(() -> update.state()
                        .map(state -> persist(new Note(state)).replaceWithVoid())
                        .orElse(Uni.createFrom().voidItem())));
    }
}
