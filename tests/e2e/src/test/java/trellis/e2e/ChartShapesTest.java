package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API server itself validates each shape of the charts, against its own schemas and the installed CRDs. */
@ClusterTest
class ChartShapesTest {
    private static final Path CHART = Path.of("helm/trellis");

    /** Each has its reason in docs/edge-server.md. */
    private static final String OF_EVERY_ENVOY_FILTER =
            "Warning: EnvoyFilter exposes internal implementation details.*";

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
    private static final Namespace EMPTY = new NamespaceBuilder()
            .withNewMetadata()
            .withName(Target.fromEnvironment().namespace() + "-shapes")
            .addToLabels("pod-security.kubernetes.io/warn", "restricted")
            .endMetadata()
            .build();

    @BeforeAll
    static void makeAnEmptyNamespace() {
        CLIENT.resource(EMPTY).serverSideApply();
        DryRun.createAccounts(CLIENT, EMPTY.getMetadata().getName());
    }

    @AfterAll
    static void removeIt() {
        CLIENT.resource(EMPTY).delete();
        CLIENT.close();
    }

    /** The values files of the umbrella: of every shape, and of every environment. */
    static List<Path> shapes() throws IOException {
        try (Stream<Path> shapes = Files.list(Command.repository().resolve(CHART.resolve("ci")));
                Stream<Path> environments = Files.list(Command.repository().resolve(CHART))) {
            return Stream.concat(shapes, environments.filter(file -> file.getFileName()
                            .toString()
                            .startsWith("values-")))
                    .map(Command.repository()::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyObjectIsTakenWithoutAWarning(Path values) {
        String script = """
                set -euo pipefail
                helm template any "$0" --values "$1" --namespace "$2" |
                    kubectl apply --server-side --dry-run=server --validate=strict --namespace "$2" --filename -
                """;
        String said = Command.of(
                        "bash",
                        "-c",
                        script,
                        CHART.toString(),
                        values.toString(),
                        EMPTY.getMetadata().getName())
                .run();
        assertTrue(said.contains("deployment.apps/product-composite serverside-applied (server dry run)"), said);
        assertFalse(said.replaceAll(OF_EVERY_ENVOY_FILTER, "").contains("Warning"), said);
    }

    /** OpenShift's restricted-v2 gives each namespace its ids, and refuses others. */
    @Test
    void leavesTheIdsToOpenShift() {
        String rendered = Command.of(
                        "helm", "template", "any", CHART.toString(), "--api-versions", "security.openshift.io/v1")
                .run();
        assertTrue(rendered.contains("runAsNonRoot: true"), rendered);
        assertFalse(rendered.contains("runAsUser") || rendered.contains("fsGroup:"), rendered);
    }
}
