package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
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
    void installsOnePartAloneAsInTheWhole(String service) {
        Chart alone = Chart.of(service)
                .with("global.mesh.mode", "sidecar")
                .with("global.java.options", "-XX:TieredStopAtLevel=1");
        if (service.equals(
                "product-composite")) { // in the whole it learns these two of the demonstration and the gateway
            alone = alone.with("page.signIn.issuer", "https://trellis.localhost/realms/trellis");
        }
        Rendered part = alone.render();
        Rendered whole =
                Chart.landscape("dev").with("mesh.gateway.tls.hsts", "").render();
        assertThat(part.objects()).isNotEmpty().isSubsetOf(whole.objects());
        assertThat(part.all("Deployment").map(Rendered::nameOf)).containsExactly(service);
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void leavesAPartOutThatIsSwitchedOff(String service) {
        assertThat(Chart.landscape()
                        .with(service + ".enabled", false)
                        .render()
                        .all("Deployment")
                        .map(Rendered::nameOf))
                .hasSize(Chart.SERVICES.size() - 1)
                .doesNotContain(service);
    }

    @Test
    void saysEveryAddressAndSecretThatIsMissingWithoutTheDemonstrationsDatabasesAndBroker() {
        Chart external = Chart.landscape().with("backing.enabled", false);
        assertThatThrownBy(external::render)
                .hasMessageContaining("global.kafka.bootstrapServers")
                .satisfies(refusal -> assertThat(Chart.STORING).allSatisfy(service -> assertThat(refusal)
                        .hasMessageContaining(service + ".database.host: ")
                        .hasMessageContaining(service + ".database.existingSecret: ")));
        Chart database = Chart.landscape().with("backing.postgres.databases.review.enabled", false);
        assertThatThrownBy(database.with("review.database.host", "pg.example.org")::render)
                .hasMessageContaining("review.database.existingSecret")
                .message()
                .doesNotContain("review.database.host", "kafka", "product.");
    }

    @Test
    void namesNothingAfterReleaseOrNamespace() {
        assertThat(Chart.landscape("dev").render().names()).noneMatch(name -> name.contains("any-release"));
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
        Rendered landscape = Chart.landscape().render();
        assertThat(landscape.objects())
                .extracting(object -> object.path("apiVersion").asText())
                .noneMatch(version -> version.contains("istio") || version.contains("gateway"));
        assertThat(landscape.objects().toString()).doesNotContain("istio");
    }

    @Test
    void injectsASidecarIntoEveryPodOfTheMesh() {
        Rendered landscape = Chart.landscape("dev")
                .with("mesh.sidecar.resources.requests.cpu", "33m")
                .render();
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
        assertThat(landscape.objects().toString()).doesNotContain("istio.io/rev");
        assertThat(Chart.landscape("dev")
                        .with("mesh.revision", "canary")
                        .render()
                        .one("Deployment", "product")
                        .at("/spec/template/metadata/labels")
                        .path("istio.io/rev")
                        .asText())
                .isEqualTo("canary");
        assertThat(landscape
                        .one("PeerAuthentication", "trellis")
                        .at("/spec/mtls/mode")
                        .asText())
                .isEqualTo("STRICT");
    }

    @Test
    void routesOnlyTheProductPagesAndTheirContractUnlessThereIsAPageForPeople() {
        JsonNode rules = Chart.landscape("dev")
                .with("product-composite.page.enabled", false)
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
            List<String> methods = rule.findValuesAsText("method");
            boolean reads = !methods.isEmpty() && Set.of("GET", "HEAD").containsAll(methods);
            assertThat(rule.findValuesAsText("value").contains("503")).isEqualTo(reads);
            assertThat(rule.path("name").asText()).isIn(reads ? List.of("read", "page") : List.of("write"));
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

    @Test
    void servesItsRouteAtThePlatformsGatewayInsteadOfItsOwn() {
        Rendered landscape = Chart.landscape("dev")
                .with("mesh.gateway.enabled", false)
                .withYaml("product-composite: {httpRoute: {parentRefs: [{name: public, namespace: gateways}]}}")
                .render();
        assertThat(landscape.has("Gateway")).isFalse();
        assertThat(landscape.one("HTTPRoute", "product-composite").at("/spec/parentRefs"))
                .singleElement()
                .isEqualTo(new ObjectMapper()
                        .createObjectNode()
                        .put("name", "public")
                        .put("namespace", "gateways"));
        assertThat(landscape
                        .one("NetworkPolicy", "product-composite")
                        .at("/spec/ingress/0/from/0")
                        .toString())
                .contains("gateway-name\":\"public\"", "metadata.name\":\"gateways\"");
    }

    @Test
    void pullsEveryImageFromTheUsersRegistry() {
        Rendered landscape = Chart.landscape("dev")
                .with("global.imageRegistry", "registry.example.org:5000/mirror")
                .withYaml("global: {imagePullSecrets: [credentials, {name: more}]}")
                .render();
        assertThat(landscape.podSpecs()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("/imagePullSecrets").findValuesAsText("name")).containsExactly("credentials", "more");
            assertThat(pod.findValuesAsText("image"))
                    .isNotEmpty()
                    .allMatch(image -> image.startsWith("registry.example.org:5000/mirror/"));
        });
    }

    @Test
    void labelsEveryObjectAsRecommendedAndSelectsByNoVersion() {
        String recommended = "app.kubernetes.io/";
        assertThat(Chart.landscape("dev").render().objects()).allSatisfy(object -> {
            JsonNode labels = object.at("/metadata/labels");
            for (String label : List.of("name", "instance", "component", "part-of", "version", "managed-by")) {
                assertThat(labels.path(recommended + label).asText())
                        .as("%s %s of %s", object.path("kind"), label, Rendered.nameOf(object))
                        .isNotEmpty();
            }
            JsonNode selector = object.at("/spec/selector/matchLabels");
            if (selector.isObject()) {
                assertThat(selector.fieldNames())
                        .toIterable()
                        .containsExactlyInAnyOrder(
                                recommended + "name", recommended + "instance", recommended + "component");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1e3", "0123", "null", "a23456789-123456789-123456789-123456789-123456789-123"})
    void standsAnyNameOfReleaseAndNamespace(String name) {
        assertThat(Chart.landscape("dev").in(name).render(name).objects()).allSatisfy(object -> {
            JsonNode instance = object.at("/metadata/labels").path("app.kubernetes.io/instance");
            assertThat(instance.isTextual()).isTrue();
            assertThat(instance.asText()).isEqualTo(name);
        });
    }

    @Test
    void refusesWhatNothingWouldUse() {
        assertThatThrownBy(Chart.landscape().with("product.database.host", "pg.example.org")::render)
                .hasMessageContaining("set backing.postgres.databases.product.enabled to false");
        assertThatThrownBy(Chart.landscape().with("global.kafka.bootstrapServers", "broker:9092")::render)
                .hasMessageContaining("set backing.kafka.enabled to false");
        Chart mesh = Chart.landscape("dev");
        assertThatThrownBy(mesh.with("mesh.gateway.enabled", false)::render)
                .hasMessageContaining("name another gateway in product-composite.httpRoute.parentRefs");
        assertThatThrownBy(mesh.with("product-composite.httpRoute.parentRefs[0].name", "public")::render)
                .hasMessageContaining("set mesh.gateway.enabled to false");
    }
}
