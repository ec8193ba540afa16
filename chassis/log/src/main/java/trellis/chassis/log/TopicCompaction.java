package trellis.chassis.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Whether the broker compacts the log of updates. From any other topic it deletes what was not written lately, which a
 * reader that starts from the beginning then lacks. Not a number until the broker has said so, which it may refuse.
 */
@ApplicationScoped
class TopicCompaction {

    private final KafkaClientService clients;
    private final UpdatesConfig config;
    private final Vertx vertx;

    private volatile double compacted = Double.NaN;

    TopicCompaction(KafkaClientService clients, UpdatesConfig config, Vertx vertx, MeterRegistry metrics) {
        this.clients = clients;
        this.config = config;
        this.vertx = vertx;
        metrics.gauge("updates.topic.compacted", this, topic -> topic.compacted);
    }

    void watch(@Observes StartupEvent started) {
        vertx.setPeriodic(1, config.topicCheckInterval().toMillis(), timer -> clients.getConsumerChannels()
                .forEach(channel -> check(clients.getConsumer(channel))));
    }

    private void check(KafkaConsumer<?, ?> consumer) {
        consumer.getAssignments()
                .toMulti()
                .onItem()
                .<TopicPartition>disjoint()
                .map(TopicPartition::topic)
                .filter(topic -> !Position.isReplayed(topic))
                .select()
                .distinct()
                .subscribe()
                .with(topic -> ask(consumer.configuration(), topic), failure -> {});
    }

    /** On a worker thread, since a client of the broker first looks up its name. */
    private void ask(Map<String, ?> settings, String topic) {
        vertx.executeBlocking(
                () -> {
                    describe(settings, new ConfigResource(ConfigResource.Type.TOPIC, topic));
                    return null;
                },
                false);
    }

    private void describe(Map<String, ?> settings, ConfigResource topic) {
        Map<String, Object> connection = new HashMap<>(settings);
        connection.keySet().retainAll(AdminClientConfig.configNames());
        Admin admin = Admin.create(connection);
        admin.describeConfigs(Set.of(topic)).all().whenComplete((answer, refused) -> {
            if (refused == null) {
                String policy =
                        answer.get(topic).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
                compacted = policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT) ? 1 : 0; // `compact,delete` deletes too
            }
            admin.close(Duration.ZERO);
        });
    }
}
