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
 * Not alive once the reading of the log has ended for whatever reason, so that the instance is started again. A broker or a topic that is away
 * doesn't end it. The checks that Quarkus has would also ask, before an instance is started or ready, whether the broker is there.
 */
@Liveness
@ApplicationScoped
class LogRead implements HealthCheck {

    private final HealthCenter channels;

    LogRead(HealthCenter channels) {
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
