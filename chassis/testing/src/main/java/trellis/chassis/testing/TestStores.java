package trellis.chassis.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import trellis.local.Folders;
import trellis.local.KafkaBroker;
import trellis.local.Ports;
import trellis.local.PostgresServer;

/**
 * A real broker and, if the argument {@code database} is true, a real database for a {@code @QuarkusTest}. Both start
 * empty and are removed afterwards. A test that stops one of them declares a field of type {@link KafkaBroker} or
 * {@link PostgresServer}.
 */
public final class TestStores implements QuarkusTestResourceLifecycleManager {
    private Path home;
    private boolean withDatabase;
    private PostgresServer database;
    private KafkaBroker broker;

    @Override
    public void init(Map<String, String> arguments) {
        withDatabase = Boolean.parseBoolean(arguments.get("database"));
    }

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("trellis");
        } catch (IOException e) {
            throw new UncheckedIOException("No room for the test's data", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop)); // cleans up if the test run is interrupted
        broker = new KafkaBroker(home.resolve("kafka"), Ports.free(), Ports.free());
        if (withDatabase) {
            database = new PostgresServer("test", home.resolve("database"), Ports.free(), "test");
            CompletableFuture<Void> databaseStarts = CompletableFuture.runAsync(database::start);
            broker.start();
            databaseStarts.join();
        } else {
            broker.start();
        }
        return settings();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(broker, new TestInjector.MatchesType(KafkaBroker.class));
        if (database != null) {
            injector.injectIntoFields(database, new TestInjector.MatchesType(PostgresServer.class));
        }
    }

    @Override
    public void stop() {
        if (database != null) {
            database.kill(); // its data is not needed any more
        }
        if (broker != null) {
            broker.kill();
        }
        if (home != null) {
            Folders.delete(home);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        if (database != null) {
            settings.put("database.address", database.address());
            settings.put("database.name", database.database());
            settings.put("database.username", database.database());
            settings.put("database.password", database.password());
            settings.put("quarkus.flyway.migrate-at-start", "true");
        }
        return settings;
    }
}
