package trellis.chassis.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Of the meters of the libraries, keeps those that someone looks at: docs/monitoring.md says what each is for. All
 * meters of the services' own are kept.
 */
@Singleton
class Meters implements MeterFilter {

    private static final Set<String> LIBRARIES =
            Set.of("ft", "http", "jvm", "kafka", "netty", "postgresql", "process", "sql", "system", "vertx", "worker");

    private static final Set<String> KEPT = Set.of(
            "ft.circuitbreaker.calls.total",
            "ft.circuitbreaker.opened.total",
            "ft.circuitbreaker.state.current",
            "ft.invocations.total",
            "ft.retry.retries.total",
            "ft.timeout.calls.total",
            "http.client.active.connections",
            "http.client.queue.size",
            "http.client.requests",
            "http.server.active.requests",
            "http.server.requests",
            "jvm.aot.cache.used",
            "jvm.buffer.memory.used",
            "jvm.gc.memory.allocated",
            "jvm.gc.overhead",
            "jvm.gc.pause",
            "jvm.info",
            "jvm.memory.max",
            "jvm.memory.usage.after.gc",
            "jvm.memory.used",
            "jvm.threads.live",
            "jvm.threads.peak",
            "kafka.consumer.connection.count",
            "kafka.consumer.coordinator.assigned.partitions",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.producer.connection.count",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.record.send.total",
            "kafka.producer.request.latency.avg",
            "kafka.producer.request.latency.max",
            "netty.eventexecutor.tasks.pending",
            "postgresql.processing",
            "process.cpu.time",
            "process.cpu.usage",
            "process.files.max",
            "process.files.open",
            "process.start.time",
            "sql.pool.active",
            "sql.pool.idle",
            "sql.pool.queue.delay",
            "sql.pool.queue.size",
            "system.cpu.count",
            "worker.pool.active",
            "worker.pool.queue.size");

    /**
     * One each for an answer from memory, a query, a slow one, a timeout of the database (400 ms), of an attempt (900
     * ms), of both attempts (1.9 s) and of the gateway (5 s): docs/architecture.md has the whole chain.
     */
    private static final double[] BUCKETS = Stream.of(25, 100, 400, 900, 1_900, 5_000)
            .mapToDouble(milliseconds -> Duration.ofMillis(milliseconds).toNanos())
            .toArray();

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        int family = name.indexOf('.');
        boolean library = family > 0 && LIBRARIES.contains(name.substring(0, family));
        return library && !KEPT.contains(name) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals("http.server.requests")
                ? DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(BUCKETS)
                        .build()
                        .merge(config)
                : config;
    }
}
