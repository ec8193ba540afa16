package trellis.e2e;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the tests install to; {@code tests/e2e/run} describes each setting.
 *
 * @param namespace of the landscape that most tests share; tests that need one of their own append to it
 * @param registry host and port that the cluster pulls the services' images from
 * @param plain whether the registry uses plain HTTP
 * @param tag of the images
 * @param edge the gateway's host, if not the one in the cluster's status
 * @param volumes a folder of the only node, if there is no storage class
 */
record Target(
        String namespace, String registry, boolean plain, String tag, Optional<String> edge, Optional<Path> volumes) {

    static Target fromEnvironment() {
        Map<String, String> given = System.getenv();
        return new Target(
                given.getOrDefault("NAMESPACE", "trellis-e2e"),
                required(given, "REGISTRY"),
                given.getOrDefault("IMAGE_OPTIONS", "").contains("insecure=true"),
                required(given, "TAG"),
                Optional.ofNullable(given.get("EDGE")),
                Optional.ofNullable(given.get("VOLUMES")).map(Path::of));
    }

    private static String required(Map<String, String> given, String name) {
        return Optional.ofNullable(given.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalStateException(name + " is not set; run this by `make e2e`"));
    }
}
