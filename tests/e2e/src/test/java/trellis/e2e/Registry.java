package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The registry with the services' images, accessed as in the OCI Distribution Specification 1.1. */
final class Registry {
    private static final String MANIFESTS =
            "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI root;

    /** @param size in bytes */
    record Blob(String digest, long size) {}

    Registry(Target target) {
        root = URI.create("%s://%s/v2/trellis/".formatted(target.plain() ? "http" : "https", target.registry()));
    }

    /** The image's manifest. */
    JsonNode manifest(String service, String tag) {
        return json(manifestBytes(service, tag));
    }

    /** The digest of the image's manifest. */
    String digest(String service, String tag) {
        return digest(manifestBytes(service, tag));
    }

    /** The image's configuration: how to run it, and its labels. */
    JsonNode configuration(String service, JsonNode manifest) {
        return json(send(HttpRequest.newBuilder(repository(service)
                        .resolve("blobs/" + manifest.at("/config/digest").asText())))
                .body());
    }

    void pushManifest(String service, String tag, JsonNode manifest) {
        send(HttpRequest.newBuilder(repository(service).resolve("manifests/" + tag))
                .setHeader("Content-Type", manifest.get("mediaType").asText())
                .PUT(BodyPublishers.ofByteArray(bytes(manifest))));
    }

    Blob pushBlob(String service, JsonNode content) {
        byte[] blob = bytes(content);
        String place = send(HttpRequest.newBuilder(repository(service).resolve("blobs/uploads/"))
                        .POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String whole = place + (place.contains("?") ? "&" : "?") + "digest=" + digest(blob);
        send(HttpRequest.newBuilder(repository(service).resolve(whole))
                .setHeader("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob)));
        return new Blob(digest(blob), blob.length);
    }

    private byte[] manifestBytes(String service, String tag) {
        return send(HttpRequest.newBuilder(repository(service).resolve("manifests/" + tag))
                        .setHeader("Accept", MANIFESTS))
                .body();
    }

    private URI repository(String service) {
        return root.resolve(service + "/");
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(response + ": " + new String(response.body()));
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
