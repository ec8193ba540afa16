package trellis.e2e;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the tests install to, and what; {@code tests/e2e/run} describes each setting.
 *
 * @param namespace of the landscape that most tests share; tests that need one of their own append to it
 * @param registry that the cluster pulls images from and Helm charts: host, port, and perhaps a path
 * @param plain whether the registry uses plain HTTP
 * @param version that was released there
 * @param edge the gateway's host, if not the one in the cluster's status
 * @param signalsNamespace where logs, traces and metrics are collected
 * @param tracingProvider what the mesh calls the collector there
 */
record Target(
        String namespace,
        String registry,
        boolean plain,
        String version,
        Optional<String> edge,
        String signalsNamespace,
        String tracingProvider) {

    static Target fromEnvironment() {
        Map<String, String> given = System.getenv();
        return new Target(
                given.getOrDefault("NAMESPACE", "trellis-e2e"),
                required(given, "REGISTRY"),
                !given.getOrDefault("PLAIN_HTTP", "no").matches("no|"),
                required(given, "VERSION"),
                Optional.ofNullable(given.get("EDGE")),
                given.getOrDefault("SIGNALS_NAMESPACE", "observability"),
                given.getOrDefault("TRACING_PROVIDER", "otel"));
    }

    Target withRegistry(String other) {
        return new Target(namespace, other, plain, version, edge, signalsNamespace, tracingProvider);
    }

    Target withVersion(String other) {
        return new Target(namespace, registry, plain, other, edge, signalsNamespace, tracingProvider);
    }

    /** Where traces are sent to, by gRPC, whether or not anybody listens there. */
    String collector() {
        return "http://%s.%s.svc.cluster.local:4317".formatted(Signals.COLLECTOR, signalsNamespace);
    }

    /**
     * Names a released chart to {@code helm}.
     *
     * @param name {@code trellis}, or {@code trellis/product} for one part
     */
    List<String> chart(String name) {
        return Stream.concat(
                        Stream.of("oci://" + registry + "/charts/" + name, "--version", version),
                        plain ? Stream.of("--plain-http") : Stream.empty())
                .toList();
    }

    private static String required(Map<String, String> given, String name) {
        return Optional.ofNullable(given.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalStateException(name + " is not set; run this by `make e2e`"));
    }
}
