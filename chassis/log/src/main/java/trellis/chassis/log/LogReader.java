package trellis.chassis.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Applies the log to what a service stores, one record after another. */
@ApplicationScoped
public class LogReader {

    private final Records records;
    private final AppliedUpdates applied;
    private final UpdatesConfig config;

    /** When the record at hand was written, in milliseconds since 1970; 0 while there is none. */
    private volatile long written;

    LogReader(Records records, AppliedUpdates applied, UpdatesConfig config, MeterRegistry metrics) {
        this.records = records;
        this.applied = applied;
        this.config = config;
        TimeGauge.builder("updates.lag", this, TimeUnit.MILLISECONDS, LogReader::lag)
                .description("How long ago the update that is being applied, or waits to be, was written")
                .register(metrics);
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
        written = record.timestamp();
        return Uni.createFrom()
                .item(() -> records.update(record, type))
                .chain(update -> apply(update, Records.position(record), apply))
                .onFailure(StoreUnavailable.class)
                .invoke(away -> Log.warnf("Product %s waits: %s", record.key(), away.getCause()))
                .onFailure(StoreUnavailable.class)
                .retry()
                .withBackOff(config.shortestWait(), config.longestWait())
                .indefinitely()
                .eventually(() -> written = 0);
    }

    private <S extends State> Uni<Void> apply(Update<S> update, long position, Function<Update<S>, Uni<Void>> apply) {
        return applied.advance(update.productId(), position, () -> apply.apply(update))
                .invoke(newer -> log(update, position, newer))
                .replaceWithVoid();
    }

    private static void log(Update<?> update, long position, boolean newer) {
        String verb = !newer ? "is newer than" : update.state().isPresent() ? "replaced by" : "deleted by";
        Log.infof("Product %d %s update %d", update.productId(), verb, position);
    }

    private double lag() {
        long since = written;
        return since == 0 ? 0 : System.currentTimeMillis() - since;
    }
}
