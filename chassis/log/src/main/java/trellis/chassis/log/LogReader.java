package trellis.chassis.log;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies updates from Kafka to a service's data, one record at a time. */
@ApplicationScoped
public class LogReader {

    private final Records records;
    private final AppliedUpdates applied;
    private final UpdatesConfig config;
    private final Lag lag;

    LogReader(Records records, AppliedUpdates applied, UpdatesConfig config, Lag lag) {
        this.records = records;
        this.applied = applied;
        this.config = config;
        this.lag = lag;
    }

    /**
     * Applies a record in one transaction with recording its position. A record that is not newer than the product's
     * last one changes nothing. While the database is unavailable, the record is retried and the ones behind it wait.
     * A record that can never be applied fails, and so goes to the dead-letter topic.
     *
     * @param type what the service reads from a record's value
     * @param apply replaces or deletes the service's data of the product
     */
    public <S extends State> Uni<Void> each(
            ConsumerRecord<String, byte[]> record, Class<S> type, Function<Update<S>, Uni<Void>> apply) {
        lag.begin(Instant.ofEpochMilli(record.timestamp()));
        return Uni.createFrom()
                .item(() -> records.update(record, type))
                .chain(update -> apply(update, Position.of(record), apply))
                .onFailure(LostRace::isCauseOf)
                .retry()
                .withBackOff(config.shortestWait(), config.longestWait())
                .indefinitely()
                .onFailure(StoreUnavailable.class)
                .invoke(failure -> Log.warnf(
                        "The update of product %s can't be applied, retrying: %s", record.key(), failure.getCause()))
                .onFailure(StoreUnavailable.class)
                .retry()
                .withBackOff(config.shortestWait(), config.longestWait())
                .indefinitely()
                .eventually(lag::end);
    }

    private <S extends State> Uni<Void> apply(
            Update<S> update, Position position, Function<Update<S>, Uni<Void>> apply) {
        return applied.advance(update.productId(), position, () -> apply.apply(update))
                .invoke(newer -> log(update, position, newer))
                .replaceWithVoid();
    }

    private static void log(Update<?> update, Position position, boolean newer) {
        String verb = !newer ? "is newer than" : update.state().isPresent() ? "replaced by" : "deleted by";
        Log.infof("Product %d %s update %s", update.productId(), verb, position);
    }
}
