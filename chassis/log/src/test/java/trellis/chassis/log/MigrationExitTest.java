package trellis.chassis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trellis.local.Ports;
import trellis.local.PostgresServer;

class MigrationExitTest {

    @TempDir
    static Path home;

    private static PostgresServer database;

    @BeforeAll
    static void start() {
        database = new PostgresServer("test", home.resolve("database"), Ports.free(), "test");
        database.start();
    }

    @AfterAll
    static void stop() {
        database.kill();
    }

    @Test
    void endsAProcessThatOnlyMigratesOnceTheSchemaIsThere() {
        Flyway migration = customized(true, "alone").load();
        Exception failure = assertThrows(FlywayException.class, migration::migrate);
        var end = assertInstanceOf(PreventFurtherStepsException.class, failure.getCause());
        assertEquals(0, end.getExitCode());
        assertEquals(0, migration.info().pending().length);
        assertTrue(migration.info().applied().length > 0);
    }

    @Test
    void leavesAnyOtherProcessAlone() {
        assertTrue(customized(false, "beside").load().migrate().migrationsExecuted > 0);
    }

    private static FluentConfiguration customized(boolean migrateAndExit, String schema) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + database.address() + "/" + database.database(),
                        database.database(),
                        database.password())
                .schemas(schema);
        new MigrationExit(settings(migrateAndExit)).customize(flyway);
        return flyway;
    }

    private static DatabaseConfig settings(boolean migrateAndExit) {
        return new SmallRyeConfigBuilder()
                .withMapping(DatabaseConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "database.address", database.address(),
                                "database.name", database.database(),
                                "database.username", database.database(),
                                "database.password", database.password(),
                                "database.connect-timeout", "PT1S",
                                "database.statement-timeout", "PT1S",
                                "database.pooler", "false",
                                "database.migrate-and-exit", Boolean.toString(migrateAndExit)),
                        "test"))
                .build()
                .getConfigMapping(DatabaseConfig.class);
    }
}
