package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the API server says of manifests, which are sent as they are, byte by byte, and not stored. What it has been
 * asked before is not asked again.
 */
final class DryRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final KubernetesClient client;
    private final String namespace;

    /** The name that the API has for a kind in a URI, by group, version and kind. */
    private final Map<String, String> resources = new HashMap<>();

    /** By manifest; empty if it is accepted. */
    private final Map<String, CompletableFuture<String>> answers = new HashMap<>();

    DryRun(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Creates the ServiceAccounts that a pod must find, also for a dry run. */
    static void createAccounts(KubernetesClient client, String namespace) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("product-composite-test")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** Why it refuses one of the manifests; empty if it accepts all. */
    Optional<String> refusal(List<String> manifests) {
        return manifests.stream().map(manifest -> answers.computeIfAbsent(manifest, this::ask)).toList().stream()
                .map(CompletableFuture::join)
                .filter(answer -> !answer.isEmpty())
                .findFirst();
    }

    int asked() {
        return answers.size();
    }

    private CompletableFuture<String> ask(String manifest) {
        JsonNode object = read(manifest);
        String version = object.path("apiVersion").asText();
        String resource = resources.computeIfAbsent(
                version + " " + object.path("kind").asText(),
                kind -> Optional.ofNullable(client.getApiResources(version)).stream()
                        .flatMap(group -> group.getResources().stream())
                        .filter(each -> kind.equals(version + " " + each.getKind())
                                && !each.getName().contains("/"))
                        .map(APIResource::getName)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("There is no " + kind)));
        String uri = "%s%s/%s/namespaces/%s/%s/%s?dryRun=All&fieldManager=e2e&force=true&fieldValidation=Strict"
                .formatted(
                        client.getMasterUrl(),
                        version.contains("/") ? "apis" : "api",
                        version,
                        namespace,
                        resource,
                        URLEncoder.encode(object.at("/metadata/name").asText(), StandardCharsets.UTF_8));
        return client.getHttpClient()
                .sendAsync(
                        client.getHttpClient()
                                .newHttpRequestBuilder()
                                .uri(uri)
                                .method("PATCH", "application/apply-patch+yaml", manifest)
                                .build(),
                        String.class)
                .thenApply(DryRun::answer);
    }

    private static String answer(HttpResponse<String> response) {
        try {
            return response.isSuccessful()
                    ? ""
                    : JSON.readTree(response.body()).path("message").asText("status " + response.code());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    private static JsonNode read(String manifest) {
        try {
            return YAML.readTree(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(manifest, e);
        }
    }
}
