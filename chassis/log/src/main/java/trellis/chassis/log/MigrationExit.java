package trellis.chassis.log;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Ends a process that was started only to migrate its database's schema, with status 0, before anything else of it
 * starts, so that there is nothing to shut down. Quarkus' {@code quarkus.init-and-exit} would wait five seconds first.
 */
@Singleton
class MigrationExit implements FlywayConfigurationCustomizer {

    private final DatabaseConfig database;
    private final IntConsumer exit;

    @Inject
    MigrationExit(DatabaseConfig database) {
        this(database, Runtime.getRuntime()::halt);
    }

    /** @param exit ends the process with a status */
    MigrationExit(DatabaseConfig database, IntConsumer exit) {
        this.database = database;
        this.exit = exit;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        if (database.migrateAndExit()) {
            configuration.callbacks(Stream.concat(Stream.of(configuration.getCallbacks()), Stream.of(new AtTheEnd()))
                    .toArray(Callback[]::new));
        }
    }

    private final class AtTheEnd extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_MIGRATE_OPERATION_FINISH;
        }

        @Override
        public void handle(Event event, Context context) {
            exit.accept(0);
        }
    }
}
