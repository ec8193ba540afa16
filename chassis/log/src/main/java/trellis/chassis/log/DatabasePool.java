package trellis.chassis.log;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sets what Quarkus has no property for: a pool that gives up waiting for a connection, and connections whose statements end in time. Behind a
 * pooler such as PgBouncer a connection may be another one for each transaction: it neither knows what was said when it began, nor what was
 * prepared on it.
 */
@Singleton
class DatabasePool implements PgPoolCreator {

    private final DatabaseConfig config;

    DatabasePool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        int patience = Math.toIntExact(config.connectTimeout().toMillis());
        input.pgConnectOptionsList().forEach(options -> {
            options.setConnectTimeout(patience);
            if (config.pooler()) {
                options.setUseLayer7Proxy(true).setCachePreparedStatements(false);
                options.getProperties().remove("extra_float_digits"); // the driver's own, which PgBouncer refuses too
            } else {
                options.addProperty(
                        "statement_timeout",
                        Long.toString(config.statementTimeout().toMillis()));
            }
        });
        return PgBuilder.pool()
                .using(input.vertx())
                .connectingTo(List.copyOf(input.pgConnectOptionsList()))
                .with(input.poolOptions()
                        .setConnectionTimeout(patience)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .build();
    }
}
