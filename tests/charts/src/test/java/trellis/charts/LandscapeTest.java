package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
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
    void isAlsoAReleaseOfOnePartAloneWithTheSameFile(String service) {
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
    void putsNoReleaseNameAndNoNamespaceIntoAnything() {
        assertThat(Chart.landscape("dev").render().objects().toString()).doesNotContain("any-release");
        assertThat(Chart.landscape("dev").in("elsewhere").render().names())
                .isEqualTo(Chart.landscape("dev").in("shop").render().names());
    }

    @Test
    void holdsNothingOfAClusterButWhatIsInItsNamespace() {
        assertThat(Chart.landscape("dev").render().objects())
                .extracting(object -> object.path("kind").asText())
                .doesNotContain(
                        "Namespace", "ClusterRole", "ClusterRoleBinding", "PersistentVolume", "Role", "RoleBinding");
    }

    @Test
    void asksNothingOfIstioWithoutAMesh() {
        Rendered landscape = Chart.landscape("dev", "without-mesh").render();
        assertThat(landscape.objects())
                .extracting(object -> object.path("apiVersion").asText())
                .noneMatch(version -> version.contains("istio") || version.contains("gateway"));
        assertThat(landscape.objects().toString()).doesNotContain("istio");
    }

    @Test
    void putsEveryPodIntoTheMeshOnceThereIsOne() {
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
    void letsNothingInButTheProductPagesAndTheirContract() {
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
    void asksAnotherInstanceForAReadOnlyWhenOneIsGone() {
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
    void letsAColdInstanceWarmUpBesideTheOldOne(String service) {
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
    void givesTheGatewayWhatPodSecurityRestrictedAsksFor() {
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

    @Test
    void bringsNoDatabasesWhereTheyAreSomeoneElses() {
        Rendered landscape = Chart.landscape("prod").render();
        assertThat(landscape.has("StatefulSet")).isFalse();
        assertThat(landscape.has("Secret")).isFalse();
        assertThat(Chart.of("backing")
                        .with("postgres.databases.product.enabled", false)
                        .render()
                        .all("StatefulSet")
                        .map(Rendered::nameOf))
                .containsExactlyInAnyOrder("recommendation-db", "review-db", "kafka");
    }

    @Test
    void makesUpAPasswordOnceAndKeepsIt() {
        String first = password(Chart.of("backing").in("new"));
        assertThat(first).hasSize(32).isNotEqualTo(password(Chart.of("backing").in("new")));
        EmptyCluster.holds("old", "product-db", "as it was");
        assertThat(password(Chart.of("backing").in("old"))).isEqualTo("as it was");
    }

    @Test
    void keepsSecretsAndDataWhenItIsUninstalled() {
        Rendered backing = Chart.of("backing").render();
        assertThat(backing.all("Secret")).hasSize(3).allSatisfy(secret -> assertThat(secret.at("/metadata/annotations")
                        .path("helm.sh/resource-policy")
                        .asText())
                .isEqualTo("keep"));
        assertThat(backing.all("StatefulSet")).allSatisfy(set -> assertThat(set.at("/spec/volumeClaimTemplates"))
                .hasSize(1));
        assertThat(Chart.of("backing")
                        .with("persistence.enabled", false)
                        .render()
                        .all("StatefulSet"))
                .allSatisfy(set ->
                        assertThat(set.at("/spec").has("volumeClaimTemplates")).isFalse());
    }

    @Test
    void makesTheTopicsThatTheServicesReadAndWrite() {
        assertThat(Chart.of("backing")
                        .render()
                        .one("ConfigMap", "kafka-topics")
                        .at("/data/topics")
                        .asText()
                        .lines())
                .containsExactlyElementsOf(List.of(
                        "product-composites 3 cleanup.policy=compact",
                        "product-composites.product.replay 1",
                        "product-composites.product.dead-letter 1 retention.ms=-1",
                        "product-composites.recommendation.replay 1",
                        "product-composites.recommendation.dead-letter 1 retention.ms=-1",
                        "product-composites.review.replay 1",
                        "product-composites.review.dead-letter 1 retention.ms=-1"));
    }

    private static String password(Chart chart) {
        return new String(Base64.getDecoder()
                .decode(chart.render()
                        .one("Secret", "product-db")
                        .at("/data/password")
                        .asText()));
    }
}
