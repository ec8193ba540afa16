package trellis.chassis.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Sends records that can never be applied to the dead-letter topic. SmallRye's own dead-letter queue silently stops
 * reading if that topic does not exist; this one retries, and the records behind wait.
 */
@ApplicationScoped
@Identifier(DeadLetters.STRATEGY)
class DeadLetters implements KafkaFailureHandler.Factory {

    static final String STRATEGY = "retrying-dead-letter-queue";

    private final KafkaFailureHandler.Factory queues;
    private final UpdatesConfig config;
    private final Lag lag;
    private final Tracer tracer;
    private final Counter deadLetters;

    DeadLetters(
            @Identifier(KafkaFailureHandler.Strategy.DEAD_LETTER_QUEUE) KafkaFailureHandler.Factory queues,
            UpdatesConfig config,
            Lag lag,
            Tracer tracer,
            MeterRegistry metrics) {
        this.queues = queues;
        this.config = config;
        this.lag = lag;
        this.tracer = tracer;
        deadLetters = Counter.builder("updates.dead.letters")
                .description("Updates that can never be applied, sent to the dead-letter topic")
                .register(metrics);
    }

    @Override
    public KafkaFailureHandler create(
            KafkaConnectorIncomingConfiguration channel,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        return new Retrying(queues.create(channel, vertx, consumer, reportFailure));
    }

    private class Retrying implements KafkaFailureHandler {

        private final KafkaFailureHandler queue;

        Retrying(KafkaFailureHandler queue) {
            this.queue = queue;
        }

        @Override
        public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record, Throwable reason, Metadata metadata) {
            Metadata withOrigin = withOrigin(record, metadata);
            lag.begin(record.getTimestamp());
            Span span = begin(record, reason);
            return Uni.createFrom()
                    .deferred(() -> queue.handle(record, reason, withOrigin))
                    .onFailure()
                    .invoke(failure -> span.addEvent("retry"))
                    .onFailure()
                    .invoke(failure -> Log.warnf(
                            "The record %d of partition %d can't be sent to the dead-letter topic, retrying: %s",
                            record.getOffset(), record.getPartition(), failure))
                    .onFailure()
                    .retry()
                    .withBackOff(config.shortestWait(), config.longestWait())
                    .indefinitely()
                    .invoke(() -> deadLetters.increment())
                    .eventually(() -> {
                        span.end();
                        lag.end();
                    });
        }

        /** The span of the record itself ended when it was received. */
        private Span begin(IncomingKafkaRecord<?, ?> record, Throwable reason) {
            return tracer.spanBuilder("dead letter")
                    .setParent(TracingMetadata.fromMessage(record)
                            .map(TracingMetadata::getCurrentContext)
                            .orElseGet(Context::current))
                    .setAttribute("error.type", reason.getClass().getName()) // its message may quote the record
                    .setAttribute("messaging.destination.name", record.getTopic())
                    .setAttribute("messaging.destination.partition.id", Integer.toString(record.getPartition()))
                    .setAttribute("messaging.kafka.offset", record.getOffset())
                    .startSpan()
                    .setStatus(StatusCode.ERROR);
        }

        @Override
        public void terminate() {
            queue.terminate();
        }

        /** Adds the record's origin, so that it can be replayed; a replayed record already has it. */
        private static Metadata withOrigin(IncomingKafkaRecord<?, ?> record, Metadata metadata) {
            if (Position.isReplayed(record.getTopic())) {
                return metadata;
            }
            Headers origin = new RecordHeaders();
            new Position(
                            record.getPartition(),
                            record.getOffset(),
                            record.getTimestamp().toEpochMilli())
                    .writeTo(origin);
            return metadata.with(
                    OutgoingKafkaRecordMetadata.builder().withHeaders(origin).build());
        }
    }
}
