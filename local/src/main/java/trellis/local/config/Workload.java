package trellis.local.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Kubernetes objects of a service; all except the Deployment may be absent.
 *
 * @param autoscaler its HorizontalPodAutoscaler, or a missing node
 * @param pods its running instances; none if the objects were rendered
 */
record Workload(JsonNode deployment, ConfigMap configMap, JsonNode autoscaler, List<JsonNode> pods) {
    /** The fields of a HorizontalPodAutoscaler that correspond to {@code scale} in the values. */
    private static final Map<String, String> SCALE = Map.of(
            "scale.min", "/spec/minReplicas",
            "scale.max", "/spec/maxReplicas",
            "scale.cpuPercent", "/spec/metrics/0/containerResource/target/averageUtilization",
            "scale.settleSeconds", "/spec/behavior/scaleDown/stabilizationWindowSeconds");

    /**
     * All settings that may differ between environments, by their names in the values or, for environment variables,
     * in the container.
     */
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

    /** Whether the ConfigMap differs from the one that was rolled out. */
    boolean configMapChangedByHand() {
        return !Checksums.of(configMap).equals(rolledOut());
    }

    /**
     * Whether a pod was started with another configuration than the current one, which it keeps until it is replaced.
     */
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

    /** A variable with a value from a Secret is shown with only the Secret's name. */
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

    /** With an autoscaler, the number of instances is not a setting. */
    private void addScale(Map<String, Setting> settings) {
        if (autoscaler.isMissingNode()) {
            add(settings, "scale.replicas", deployment.at("/spec/replicas"), "Deployment");
        } else {
            SCALE.forEach((name, place) -> add(settings, name, autoscaler.at(place), "HorizontalPodAutoscaler"));
        }
    }

    /** Ignores missing values. */
    private static void add(Map<String, Setting> settings, String name, JsonNode value, String origin) {
        String text = value.asText("");
        if (!text.isBlank()) {
            settings.put(name, new Setting(text, origin));
        }
    }
}
