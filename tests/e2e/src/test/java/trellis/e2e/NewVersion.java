package trellis.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** The services' images once more in the registry, with another version's name and label: other images with the same layers. */
final class NewVersion {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Target target;
    private final String name;

    NewVersion(Target target) {
        this.target = target;
        name = target.tag() + "-next";
    }

    /** The tag of all four. */
    String push() {
        try {
            for (String service : Landscape.SERVICES) {
                push(URI.create("%s://%s/v2/trellis/%s/"
                        .formatted(target.plain() ? "http" : "https", target.registry(), service)));
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void push(URI repository) throws IOException, InterruptedException {
        HttpResponse<byte[]> old = send(
                HttpRequest.newBuilder(repository.resolve("manifests/" + target.tag()))
                        .setHeader(
                                "Accept",
                                "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"));
        ObjectNode manifest = (ObjectNode) JSON.readTree(old.body());
        ObjectNode about = (ObjectNode) manifest.get("config");
        byte[] image = relabelled(send(HttpRequest.newBuilder(
                        repository.resolve("blobs/" + about.get("digest").asText())))
                .body());
        String digest = digest(image);
        upload(repository, digest, image);
        about.put("digest", digest).put("size", image.length);
        send(HttpRequest.newBuilder(repository.resolve("manifests/" + name))
                .setHeader(
                        "Content-Type", old.headers().firstValue("Content-Type").orElseThrow())
                .PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(manifest))));
    }

    private byte[] relabelled(byte[] image) throws IOException {
        ObjectNode configuration = (ObjectNode) JSON.readTree(image);
        configuration.withObject("/config/Labels").put("org.opencontainers.image.version", name);
        return JSON.writeValueAsBytes(configuration);
    }

    private static void upload(URI repository, String digest, byte[] blob) throws IOException, InterruptedException {
        String place = send(HttpRequest.newBuilder(repository.resolve("blobs/uploads/"))
                        .POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        send(HttpRequest.newBuilder(repository.resolve(place + (place.contains("?") ? "&" : "?") + "digest=" + digest))
                .setHeader("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob)));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response + ": " + new String(response.body()));
        }
        return response;
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
