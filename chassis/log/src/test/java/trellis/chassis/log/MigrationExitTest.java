package trellis.chassis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
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

    private final List<Integer> ends = new ArrayList<>();

    @Test
    void endsAProcessThatOnlyMigratesOnceTheSchemaIsThere() {
        customized(true, "alone", status -> {
                    ends.add(status);
                    MigrationInfoService seen = schema("alone").load().info();
                    assertEquals(0, seen.pending().length);
                    assertTrue(seen.applied().length > 0);
                })
                .load()
                .migrate();
        assertEquals(List.of(0), ends);
    }

    @Test
    void leavesAnyOtherProcessAlone() {
        FluentConfiguration flyway = customized(false, "beside", ends::add);
        assertTrue(flyway.load().migrate().migrationsExecuted > 0);
        assertEquals(List.of(), ends);
    }

    private static FluentConfiguration customized(boolean migrateAndExit, String schema, IntConsumer exit) {
        FluentConfiguration flyway = schema(schema);
        new MigrationExit(settings(migrateAndExit), exit).customize(flyway);
        return flyway;
    }

    private static FluentConfiguration schema(String name) {
        return Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + database.address() + "/" + database.database(),
                        database.database(),
                        database.password())
                .schemas(name);
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
