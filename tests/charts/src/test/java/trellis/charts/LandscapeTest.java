package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandscapeTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void holdsAllFourServices(String environment) {
        assertThat(Chart.landscape(environment).render().all("Deployment").map(Rendered::nameOf))
                .containsExactlyInAnyOrderElementsOf(Chart.SERVICES);
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void installsOnePartAloneWithTheSameValues(String service) {
        Rendered part = Chart.landscape("dev")
                .with("tags.all", false)
                .with("tags." + service, true)
                .render();
        assertThat(part.all("Deployment").map(Rendered::nameOf)).containsExactly(service);
        assertThat(part.has("StatefulSet")).isFalse();
        assertThat(part.has("Gateway")).isFalse();
        Rendered whole = Chart.landscape("dev").render();
        assertThat(part.one("Deployment", service)).isEqualTo(whole.one("Deployment", service));
    }

    @Test
    void rendersNeitherReleaseNameNorNamespace() {
        assertThat(Chart.landscape("dev").render().objects().toString()).doesNotContain("any-release");
        assertThat(Chart.landscape("dev").in("elsewhere").render().names())
                .isEqualTo(Chart.landscape("dev").in("shop").render().names());
    }

    @Test
    void rendersOnlyNamespacedObjects() {
        assertThat(Chart.landscape("dev").render().objects())
                .extracting(object -> object.path("kind").asText())
                .doesNotContain(
                        "Namespace", "ClusterRole", "ClusterRoleBinding", "PersistentVolume", "Role", "RoleBinding");
    }

    @Test
    void rendersNoIstioObjectsWithoutAMesh() {
        Rendered landscape = Chart.landscape("dev", "without-mesh").render();
        assertThat(landscape.objects())
                .extracting(object -> object.path("apiVersion").asText())
                .noneMatch(version -> version.contains("istio") || version.contains("gateway"));
        assertThat(landscape.objects().toString()).doesNotContain("istio");
    }

    @Test
    void injectsASidecarIntoEveryPodOfTheMesh() {
        Rendered landscape =
                Chart.landscape("dev").with("global.mesh.sidecar.cpu", "33m").render();
        assertThat(landscape.objects().stream()
                        .map(object ->
                                object.path("kind").asText().equals("Pod") ? object : object.at("/spec/template"))
                        .filter(pod -> pod.has("spec")))
                .allSatisfy(pod -> {
                    assertThat(pod.at("/metadata/labels")
                                    .path("sidecar.istio.io/inject")
                                    .asText())
                            .isEqualTo("true");
                    assertThat(pod.at("/metadata/annotations")
                                    .path("sidecar.istio.io/nativeSidecar")
                                    .asText())
                            .as("starts before the application, ends after it, and after a job")
                            .isEqualTo("true");
                    assertThat(pod.at("/metadata/annotations")
                                    .path("sidecar.istio.io/proxyCPU")
                                    .asText())
                            .as("has a share of its own where the CPU is short")
                            .isEqualTo("33m");
                });
        assertThat(landscape
                        .one("PeerAuthentication", "default")
                        .at("/spec/mtls/mode")
                        .asText())
                .isEqualTo("STRICT");
    }

    @Test
    void routesOnlyTheProductPagesAndTheirContract() {
        JsonNode rules = Chart.landscape("dev")
                .render()
                .one("HTTPRoute", "product-composite")
                .at("/spec/rules");
        assertThat(rules).isNotEmpty().allSatisfy(rule -> assertThat(rule.path("matches"))
                .as("no match is every path")
                .extracting(match -> match.at("/path/type").asText() + " "
                        + match.at("/path/value").asText())
                .containsExactlyInAnyOrder("PathPrefix /v1/product-composites", "Exact /openapi"));
    }

    @Test
    void retriesReadsButNotWrites() {
        for (JsonNode rule : Chart.landscape("dev")
                .render()
                .one("HTTPRoute", "product-composite")
                .at("/spec/rules")) {
            boolean reads = rule.findValuesAsText("method").equals(List.of("GET", "GET"));
            assertThat(rule.findValuesAsText("value").contains("503")).isEqualTo(reads);
            assertThat(rule.path("name").asText()).isEqualTo(reads ? "read" : "write");
        }
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void warmsUpANewInstanceBesideTheOldOne(String service) {
        Rendered landscape = Chart.landscape("dev").render();
        String warm = landscape
                .one("DestinationRule", service)
                .at("/spec/trafficPolicy/loadBalancer/warmup/duration")
                .asText();
        assertThat(warm)
                .isEqualTo(landscape
                                .one("Deployment", service)
                                .at("/spec/minReadySeconds")
                                .asText() + "s");
        assertThat(Chart.of(service).render().has("DestinationRule"))
                .as("without a mesh")
                .isFalse();
    }

    @Test
    void makesTheGatewayMeetPodSecurityRestricted() {
        Rendered landscape = Chart.landscape("dev").render();
        String parameters = landscape
                .one("Gateway", "edge")
                .at("/spec/infrastructure/parametersRef/name")
                .asText();
        assertThat(landscape.one("ConfigMap", parameters).at("/data/deployment").asText())
                .contains("seccompProfile: {type: RuntimeDefault}")
                .contains("name: istio-proxy")
                .contains("requests:");
    }
}
