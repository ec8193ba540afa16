package trellis.chassis.log;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
@TestProfile(DatabaseReadinessTest.AsNobody.class)
class DatabaseReadinessTest {

    /** A user that the database does not know. */
    public static class AsNobody implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.username", "nobody", "quarkus.flyway.migrate-at-start", "false");
        }
    }

    private static class Kept extends Handler {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getMessage().formatted(entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void logsOnceWhyItIsNotReady() {
        Logger logger = Logger.getLogger(DatabaseReadiness.class.getName());
        Kept log = new Kept();
        logger.addHandler(log);
        try {
            int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
            for (int i = 0; i < 5; i++) {
                given().port(port).get("/q/health/ready").then().statusCode(503);
            }
        } finally {
            logger.removeHandler(log);
        }
        assertEquals(
                1,
                log.messages.stream()
                        .filter(message -> message.contains("\"nobody\""))
                        .count(),
                log.messages.toString());
        assertEquals(Set.copyOf(log.messages).size(), log.messages.size(), log.messages.toString());
    }
}
