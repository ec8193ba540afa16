package trellis.chassis.log;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;
import trellis.chassis.testing.TestLog;
import trellis.local.KafkaBroker;

@QuarkusTest
@RealStores
@TestProfile(TopicCompactionTest.AskedOften.class)
class TopicCompactionTest {

    public static class AskedOften implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("updates.topic-check-interval", "200ms");
        }
    }

    KafkaBroker broker;

    @Test
    void saysWhetherTheTopicIsCompacted() {
        try (TestLog log = new TestLog(broker.bootstrapServers())) {
            for (String deleting : new String[] {"delete", "compact,delete"}) {
                log.cleanUp("product-composites", "compact");
                awaitGauge("1.0");
                log.cleanUp("product-composites", deleting);
                awaitGauge("0.0");
            }
        }
    }

    private static void awaitGauge(String value) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        await("updates_topic_compacted " + value).atMost(Duration.ofSeconds(30)).until(() -> given().port(port)
                .get("/q/metrics")
                .body()
                .asString()
                .contains("\nupdates_topic_compacted " + value + "\n"));
    }
}
