package trellis.local.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects by which Kubernetes runs a service; all but the Deployment may be absent.
 *
 * @param autoscaler its HorizontalPodAutoscaler, or a missing node
 * @param pods its running instances; none where the objects are in no cluster
 */
record Workload(JsonNode deployment, ConfigMap configMap, JsonNode autoscaler, List<JsonNode> pods) {
    /** Where a HorizontalPodAutoscaler has what the values call {@code scale}. */
    private static final Map<String, String> SCALE = Map.of(
            "scale.min", "/spec/minReplicas",
            "scale.max", "/spec/maxReplicas",
            "scale.cpuPercent", "/spec/metrics/0/containerResource/target/averageUtilization",
            "scale.settleSeconds", "/spec/behavior/scaleDown/stabilizationWindowSeconds");

    /** All that may differ between environments, by its name in the files of values or, of a variable, in the container. */
    Map<String, Setting> settings() {
        Map<String, Setting> settings = new TreeMap<>(configMap.settings());
        addResources(settings);
        addVariables(settings);
        addScale(settings);
        return settings;
    }

    String image() {
        return container().path("image").asText();
    }

    /** Whether the ConfigMap is another than the one that was rolled out. */
    boolean configMapChangedByHand() {
        return !Checksums.of(configMap).equals(rolledOut());
    }

    /** Whether a pod was started with another configuration than the one that is being rolled out: it keeps that until it is replaced. */
    boolean outdated(JsonNode pod) {
        return !Checksums.writtenOn(pod).equals(rolledOut());
    }

    private Checksums rolledOut() {
        return Checksums.writtenOn(deployment.at("/spec/template"));
    }

    private JsonNode container() {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private void addResources(Map<String, Setting> settings) {
        for (String bound : List.of("requests", "limits")) {
            JsonNode amounts = container().path("resources").path(bound);
            amounts.properties()
                    .forEach(amount -> add(
                            settings, "resources." + bound + "." + amount.getKey(), amount.getValue(), "Deployment"));
        }
    }

    /** A variable whose value is in a Secret is shown with the Secret's name alone. */
    private void addVariables(Map<String, Setting> settings) {
        for (JsonNode variable : container().path("env")) {
            String name = variable.path("name").asText();
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (secret.isObject()) {
                String origin = "Secret " + secret.path("name").asText() + ", key "
                        + secret.path("key").asText();
                settings.put(name, new Setting("(secret)", origin));
            } else {
                add(settings, name, variable.path("value"), "Deployment");
            }
        }
    }

    /** How many instances there are is the autoscaler's to say where there is one. */
    private void addScale(Map<String, Setting> settings) {
        if (autoscaler.isMissingNode()) {
            add(settings, "scale.replicas", deployment.at("/spec/replicas"), "Deployment");
        } else {
            SCALE.forEach((name, place) -> add(settings, name, autoscaler.at(place), "HorizontalPodAutoscaler"));
        }
    }

    /** Leaves out what an object doesn't say. */
    private static void add(Map<String, Setting> settings, String name, JsonNode value, String origin) {
        String text = value.asText("");
        if (!text.isBlank()) {
            settings.put(name, new Setting(text, origin));
        }
    }
}
