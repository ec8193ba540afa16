package trellis.chassis.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the database has answered for the first time. If it becomes unavailable later, the instance stays ready
 * and answers 503: if every instance left the Service at once, callers would only see that there is no endpoint.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private final Pool pool;

    /** Why the database is unavailable; empty if it is available. */
    private final AtomicReference<String> reason = new AtomicReference<>("");

    private volatile boolean reached;
    private volatile boolean answers;

    DatabaseReadiness(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        metrics.gauge("database.up", this, check -> check.answers ? 1 : 0);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.withConnection(connection -> connection
                        .query("select product_id from applied_update limit 1")
                        .execute())
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(this::explain)
                .map(this::response);
    }

    /** Logs each reason once, however often the probe runs. */
    private boolean explain(Throwable failure) {
        String text = failure.toString();
        if (!text.equals(reason.getAndSet(text))) {
            Log.warnf("The database is unavailable: %s", text);
        }
        return false;
    }

    private HealthCheckResponse response(boolean answered) {
        answers = answered;
        if (answered && !reason.getAndSet("").isEmpty()) {
            Log.info("The database is available again");
        }
        reached |= answered;
        return HealthCheckResponse.named("database")
                .status(reached)
                .withData("answers", answered)
                .build();
    }
}
