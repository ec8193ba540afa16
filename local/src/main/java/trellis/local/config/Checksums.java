package trellis.local.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Checksums of the two files in a service's ConfigMap. The chart annotates pods with them, so that a release with
 * another configuration replaces the pods.
 */
record Checksums(String properties, String javaOptions) {
    /** Those of the annotations of a pod or a pod template. */
    static Checksums writtenOn(JsonNode pod) {
        JsonNode annotations = pod.at("/metadata/annotations");
        return new Checksums(
                annotations.path("checksum/configuration").asText(),
                annotations.path("checksum/java").asText());
    }

    /** Computed as helm/common/templates/_deployment.tpl does. */
    static Checksums of(ConfigMap configMap) {
        return new Checksums(sha256(configMap.properties()), sha256(configMap.javaOptions()));
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
