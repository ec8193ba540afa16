package trellis.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The landscape's topics: the log of updates, and each consumer group's dead letters and replays. */
final class Topics {
    static final String STATES = "product-composites";

    private Topics() {}

    static String deadLetters(String group) {
        return STATES + "." + group + ".dead-letter";
    }

    static String replay(String group) {
        return STATES + "." + group + ".replay";
    }

    static void createMissing(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> present = new HashSet<>(admin.listTopics().names().get());
            List<NewTopic> missing = all().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics can't be created", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<NewTopic> all() {
        String week = Long.toString(Duration.ofDays(7).toMillis());
        List<NewTopic> topics = new ArrayList<>();
        // a consumer that was down for less than a week still sees every deletion; the broker's timestamps do not
        // depend
        // on producers' clocks
        topics.add(new NewTopic(STATES, 3, (short) 1)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG,
                        week,
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime")));
        for (String group : Services.CORE) {
            for (String topic : List.of(deadLetters(group), replay(group))) {
                topics.add(new NewTopic(topic, 1, (short) 1).configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")));
            }
        }
        return topics;
    }
}
