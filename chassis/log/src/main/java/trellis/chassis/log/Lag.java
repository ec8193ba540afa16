package trellis.chassis.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The age of the record that is being processed or retried; 0 if there is none. */
@ApplicationScoped
class Lag {

    /** In milliseconds since 1970. */
    private volatile long written;

    Lag(MeterRegistry metrics) {
        TimeGauge.builder("updates.lag", this, TimeUnit.MILLISECONDS, Lag::milliseconds)
                .description("Age of the update that is being applied or retried")
                .register(metrics);
    }

    void begin(Instant recordWritten) {
        written = recordWritten.toEpochMilli();
    }

    void end() {
        written = 0;
    }

    private double milliseconds() {
        long since = written;
        return since == 0 ? 0 : System.currentTimeMillis() - since;
    }
}
