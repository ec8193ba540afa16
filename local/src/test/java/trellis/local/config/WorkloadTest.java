package trellis.local.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void hasEachSettingWithItsValueAndItsOrigin() {
        assertEquals(
                Map.ofEntries(
                        Map.entry("database.address", new Setting("recommendation-db:5432", "recommendation.settings")),
                        Map.entry("quarkus.log.level", new Setting("INFO", "global.settings")),
                        Map.entry("recommendation.minimum-rate", new Setting("0", "recommendation.settings")),
                        Map.entry("java.options", new Setting("-XX:TieredStopAtLevel=1", "global.java.options")),
                        Map.entry("resources.limits.cpu", new Setting("2", "Deployment")),
                        Map.entry("resources.limits.memory", new Setting("384Mi", "Deployment")),
                        Map.entry("resources.requests.cpu", new Setting("70m", "Deployment")),
                        Map.entry("resources.requests.memory", new Setting("256Mi", "Deployment")),
                        Map.entry(
                                "DATABASE_PASSWORD", new Setting("(secret)", "Secret recommendation-db, key password")),
                        Map.entry("QUARKUS_LAUNCH_DEVMODE", new Setting("true", "Deployment")),
                        Map.entry("scale.replicas", new Setting("1", "Deployment"))),
                Example.workload(Example.RENDERED).settings());
    }

    @Test
    void leavesTheNumberOfInstancesToTheAutoscalerWhereThereIsOne() {
        Map<String, Setting> settings =
                Example.workload(Example.RENDERED + Example.AUTOSCALER).settings();
        assertEquals(
                Map.of("scale.min", "2", "scale.max", "6", "scale.cpuPercent", "70", "scale.settleSeconds", "300"),
                settings.entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith("scale."))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, setting -> setting.getValue().value())));
        assertEquals("HorizontalPodAutoscaler", settings.get("scale.min").origin());
    }

    @Test
    void leavesOutMissingValues() {
        String bare = """
                kind: Deployment
                metadata: {name: recommendation}
                spec: {template: {spec: {containers: [{env: [{name: EMPTY, value: ""}, {name: NULL, value: null}]}]}}}
                """;
        assertEquals(Set.of(), Example.workload(bare).settings().keySet());
    }

    @Test
    void hasTheChecksumsThatTheChartWroteUnlessTheConfigMapWasChangedByHand() {
        assertFalse(Example.workload(Example.RENDERED).configMapChangedByHand());
        for (String part : new String[] {"rate=0", "TieredStopAtLevel=1"}) {
            String changed = Example.RENDERED.replace(part, part + "0");
            assertTrue(Example.workload(changed).configMapChangedByHand(), part);
        }
    }
}
