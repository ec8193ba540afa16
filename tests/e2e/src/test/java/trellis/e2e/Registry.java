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

/**
 * The registry with the released images and charts, accessed as in the OCI Distribution Specification 1.1. Names are
 * relative to the registry's path: {@code trellis/product}.
 */
final class Registry {
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI root;

    Registry(Target target) {
        String[] place = target.registry().split("/", 2);
        root = URI.create("%s://%s/v2/".formatted(target.plain() ? "http" : "https", place[0]))
                .resolve(place.length == 1 ? "" : place[1] + "/");
    }

    /** What the tag names: a manifest, or the index of an image for several platforms. */
    JsonNode tagged(String name, String tag) {
        return json(bytesOf(name, tag));
    }

    /** The digest of what the tag names. */
    String digest(String name, String tag) {
        return digest(bytesOf(name, tag));
    }

    /** The manifest of the image; of its first platform if there are several. */
    JsonNode manifest(String name, String tag) {
        JsonNode tagged = tagged(name, tag);
        return tagged.has("manifests")
                ? tagged(name, tagged.at("/manifests/0/digest").asText())
                : tagged;
    }

    /** The image's configuration: how to run it, and its labels. */
    JsonNode configuration(String name, JsonNode manifest) {
        return json(send(HttpRequest.newBuilder(repository(name)
                        .resolve("blobs/" + manifest.at("/config/digest").asText())))
                .body());
    }

    /** @param tagged a manifest or an index */
    void push(String name, String tag, JsonNode tagged) {
        send(HttpRequest.newBuilder(repository(name).resolve("manifests/" + tag))
                .setHeader("Content-Type", tagged.get("mediaType").asText())
                .PUT(BodyPublishers.ofByteArray(bytes(tagged))));
    }

    private byte[] bytesOf(String name, String tag) {
        return send(HttpRequest.newBuilder(repository(name).resolve("manifests/" + tag))
                        .setHeader("Accept", MANIFESTS))
                .body();
    }

    private URI repository(String name) {
        return root.resolve(name + "/");
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
