package trellis.chassis.log;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies the log to what a service stores, one record after another. */
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
     * Applies a record, in one transaction with the position that is reached by it. A record that is not newer than the last one of its product
     * changes nothing. While the database is away the record waits, and all behind it. One that can't be applied, ever, fails, and so goes to
     * the dead-letter topic.
     *
     * @param type what the service reads of a record's value
     * @param apply replaces or deletes what the service holds of the product
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
                .invoke(away -> Log.warnf("Product %s waits: %s", record.key(), away.getCause()))
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
