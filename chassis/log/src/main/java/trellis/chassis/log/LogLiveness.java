package trellis.chassis.log;

import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReport.ChannelInfo;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Fails liveness once reading from Kafka has stopped for whatever reason, so that the instance is restarted. An
 * unavailable broker or topic does not stop it. Quarkus' own checks would also require the broker for startup and
 * readiness.
 */
@Liveness
@ApplicationScoped
class LogLiveness implements HealthCheck {

    private final HealthCenter channels;

    LogLiveness(HealthCenter channels) {
        this.channels = channels;
    }

    @Override
    public HealthCheckResponse call() {
        HealthReport report = channels.getLiveness();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("log").status(report.isOk());
        for (ChannelInfo channel : report.getChannels()) {
            if (!channel.isOk()) {
                response.withData(channel.getChannel(), String.valueOf(channel.getMessage()));
            }
        }
        return response.build();
    }
}
