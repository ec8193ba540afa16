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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server itself validates each shape of the charts, against its own schemas and the installed CRDs. */
@ClusterTest
class AdmissionTest {
    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
    private static final Namespace EMPTY = new NamespaceBuilder()
            .withNewMetadata()
            .withName(Target.fromEnvironment().namespace() + "-admission")
            .addToLabels("pod-security.kubernetes.io/warn", "restricted")
            .endMetadata()
            .build();

    @BeforeAll
    static void makeAnEmptyNamespace() {
        CLIENT.resource(EMPTY).serverSideApply();
    }

    @AfterAll
    static void removeIt() {
        CLIENT.resource(EMPTY).delete();
        CLIENT.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--values values-dev.yaml --values values-without-mesh.yaml",
                "--values values-dev.yaml --set backing.persistence.enabled=false,mesh.gateway.hosts[0]=shop.example.org",
                "--values values-dev.yaml --values values-live-reload.yaml --set backing.persistence.storageClass=-",
                "--values values-prod.yaml",
                "--values values-prod.yaml --set global.image.tag=_1.0-,global.mesh.sidecar.cpu=1 --set-string product.database.secret=123"
            })
    void everyObjectIsTakenWithoutAWarning(String shape, @TempDir Path folder) throws IOException {
        String namespace = EMPTY.getMetadata().getName();
        String chart = Installation.CHART;
        Path manifest = Files.writeString(
                folder.resolve("landscape.yaml"),
                Command.of(Stream.of(
                                        Stream.of("helm", "template", "any", chart, "--namespace", namespace),
                                        Stream.of(shape.replace("values-", chart + "/values-")
                                                .split(" ")))
                                .flatMap(each -> each)
                                .toArray(String[]::new))
                        .run());
        String said = Command.of(
                        "kubectl",
                        "apply",
                        "--namespace=" + namespace,
                        "--dry-run=server",
                        "--validate=strict",
                        "--filename=" + manifest)
                .run();
        assertTrue(said.contains("deployment.apps/product-composite created (server dry run)"), said);
        assertFalse(said.contains("Warning"), said);
    }
}
