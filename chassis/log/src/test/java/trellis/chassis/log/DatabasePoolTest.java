package trellis.chassis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trellis.local.Ports;
import trellis.local.PostgresServer;

class DatabasePoolTest {

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path home;

    private static PostgresServer database;

    private record Config(String address, Duration statementTimeout, boolean pooler) implements DatabaseConfig {

        @Override
        public String name() {
            return database.database();
        }

        @Override
        public String username() {
            return database.database();
        }

        @Override
        public String password() {
            return database.password();
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public boolean migrateAndExit() {
            return false;
        }
    }

    private record Input(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}

    @BeforeAll
    static void start() {
        database = new PostgresServer("test", home.resolve("database"), Ports.free(), "test");
        database.start();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        database.kill();
    }

    @Test
    void setsTheStatementTimeout() {
        assertEquals("1min", statementTimeout(new Config(database.address(), Duration.ofMinutes(1), false)));
        assertEquals("400ms", statementTimeout(new Config(database.address(), Duration.ofMillis(400), false)));
    }

    /** Ten connections share two behind the pooler, so that most statements and transactions use another one than the last. */
    @Test
    void worksBehindAPooler() {
        assumeTrue(PgBouncer.isInstalled(), "pgbouncer is not installed");
        try (PgBouncer pooler = new PgBouncer(home, database)) {
            Pool pool = pool(new Config(pooler.address(), Duration.ofMillis(400), true));
            CompletableFuture.allOf(IntStream.range(0, 500)
                            .mapToObj(i -> i % 2 == 0
                                    ? add(pool, i, i % 7)
                                    : pool.withTransaction(connection ->
                                            add(connection, i, i % 7).chain(() -> add(connection, i, i % 5))))
                            .map(Uni::subscribeAsCompletionStage)
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    @Test
    void isRefusedByAPoolerUnlessConfiguredForOne() {
        assumeTrue(PgBouncer.isInstalled(), "pgbouncer is not installed");
        try (PgBouncer pooler = new PgBouncer(home, database)) {
            Config config = new Config(pooler.address(), Duration.ofMillis(400), false);
            CompletionException refusal = assertThrows(CompletionException.class, () -> statementTimeout(config));
            assertTrue(refusal.getMessage().contains("statement_timeout"), refusal.getMessage());
        }
    }

    private static Uni<Integer> add(SqlClient client, int one, int other) {
        return client.preparedQuery("select $1::int + " + other)
                .execute(Tuple.of(one))
                .map(rows -> rows.iterator().next().getInteger(0))
                .invoke(sum -> assertEquals(one + other, sum));
    }

    private static String statementTimeout(Config config) {
        return pool(config)
                .query("show statement_timeout")
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .subscribeAsCompletionStage()
                .join();
    }

    private static Pool pool(Config config) {
        PgConnectOptions options = PgConnectOptions.fromUri("postgresql://" + config.address() + "/" + config.name())
                .setUser(config.username())
                .setPassword(config.password())
                .setCachePreparedStatements(true);
        return new Pool(
                new DatabasePool(config).create(new Input(VERTX, new PoolOptions().setMaxSize(10), List.of(options))));
    }
}
