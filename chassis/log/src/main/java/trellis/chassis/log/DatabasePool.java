package trellis.chassis.log;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sets what Quarkus has no property for: a limit on the wait for a connection, and a statement timeout. Behind a
 * pooler such as PgBouncer, each transaction may use another server connection, so neither startup parameters nor
 * prepared statements can be relied on.
 */
@Singleton
class DatabasePool implements PgPoolCreator {

    private final DatabaseConfig config;

    DatabasePool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        int limit = Math.toIntExact(config.connectTimeout().toMillis());
        input.pgConnectOptionsList().forEach(options -> {
            options.setConnectTimeout(limit);
            if (config.pooler()) {
                options.setUseLayer7Proxy(true).setCachePreparedStatements(false);
                options.getProperties().remove("extra_float_digits"); // set by the driver; PgBouncer refuses it too
            } else {
                options.addProperty(
                        "statement_timeout",
                        Long.toString(config.statementTimeout().toMillis()));
            }
        });
        return PgBuilder.pool()
                .using(input.vertx())
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .with(input.poolOptions().setConnectionTimeout(limit).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
    }
}
