package trellis.chassis.log;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.PreventFurtherStepsException;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Ends a process that was started only to migrate its database's schema, with status 0, before anything else of it
 * starts. Quarkus' {@code quarkus.init-and-exit} would wait five seconds first.
 */
@Singleton
class MigrationExit implements FlywayConfigurationCustomizer {

    private final DatabaseConfig database;

    MigrationExit(DatabaseConfig database) {
        this.database = database;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        if (database.migrateAndExit()) {
            configuration.callbacks(Stream.concat(Stream.of(configuration.getCallbacks()), Stream.of(new AtTheEnd()))
                    .toArray(Callback[]::new));
        }
    }

    private static final class AtTheEnd extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_MIGRATE_OPERATION_FINISH;
        }

        /** @throws PreventFurtherStepsException always; as the cause of all, it ends Quarkus' start, which prints its message */
        @Override
        public void handle(Event event, Context context) {
            throw new PreventFurtherStepsException("The schema is up to date", 0);
        }
    }
}
