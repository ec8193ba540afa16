package trellis.local.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The recommendation service as rendered by Helm, and YAML that can be added or changed. */
final class Example {
    static final String RENDERED = read("recommendation.yaml");

    static final String AUTOSCALER = """
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: recommendation}
            spec:
              minReplicas: 2
              maxReplicas: 6
              metrics:
                - type: ContainerResource
                  containerResource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
              behavior:
                scaleUp: {stabilizationWindowSeconds: 0}
                scaleDown: {stabilizationWindowSeconds: 300}
            """;

    private Example() {}

    static Workload workload(String yaml) {
        return KubernetesObjects.fromYaml(yaml).workload("recommendation").orElseThrow();
    }

    /** An instance that was started with this configuration. */
    static String pod(String name, String component, Checksums checksums) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  labels: {app.kubernetes.io/name: recommendation, app.kubernetes.io/component: %s}
                  annotations: {checksum/configuration: "%s", checksum/java: "%s"}
                """.formatted(name, component, checksums.properties(), checksums.javaOptions());
    }

    /** The checksums of the rendered objects. */
    static Checksums checksums() {
        return Checksums.of(workload(RENDERED).configMap());
    }

    private static String read(String file) {
        try (InputStream in = Example.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
