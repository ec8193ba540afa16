package trellis.chassis.log;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sets what Quarkus has no property for: a pool that gives up waiting for a connection. */
@Singleton
class DatabasePool implements PgPoolCreator {

    private final DatabaseConfig config;

    DatabasePool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        int patience = Math.toIntExact(config.connectTimeout().toMillis());
        input.pgConnectOptionsList().forEach(options -> options.setConnectTimeout(patience));
        return PgBuilder.pool()
                .using(input.vertx())
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .with(input.poolOptions()
                        .setConnectionTimeout(patience)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
    }
}
