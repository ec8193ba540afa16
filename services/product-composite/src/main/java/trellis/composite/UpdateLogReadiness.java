package trellis.composite;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the first write need not wait for the connection to the broker, or if the broker is unavailable. */
@Readiness
@ApplicationScoped
class UpdateLogReadiness implements HealthCheck {

    private final UpdateLog log;

    UpdateLogReadiness(UpdateLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log of updates")
                .status(log.prepared())
                .build();
    }
}
