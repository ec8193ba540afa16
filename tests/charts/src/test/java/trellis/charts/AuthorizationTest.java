package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AuthorizationPolicies let in only the callers of the design, by their ServiceAccounts. */
class AuthorizationTest {
    private static final String PAGES = " /v1/product-composites";

    @ParameterizedTest
    @CsvSource({
        "product,        /v1/products /v1/products/*",
        "recommendation, /v1/recommendations",
        "review,         /v1/reviews",
    })
    void letsTheCompositeReadFromACoreService(String service, String paths) {
        assertThat(edges(Chart.landscape("dev"), service)).containsExactly("shop/product-composite: 8080 GET " + paths);
    }

    @Test
    void letsTheGatewayUseThePublicApiAndHelmTestWriteAPage() {
        assertThat(edges(Chart.landscape("dev"), "product-composite"))
                .containsExactly(
                        "shop/edge-istio: 8080 GET HEAD" + PAGES + PAGES + "/*",
                        "shop/edge-istio: 8080 PUT DELETE POST PATCH" + PAGES + PAGES + "/*",
                        "shop/edge-istio: 8080 OPTIONS" + PAGES + PAGES + "/*",
                        "shop/edge-istio: 8080 GET HEAD OPTIONS PUT DELETE POST PATCH /openapi",
                        "shop/edge-istio: 8080 GET HEAD / /page.json /page.css /page.js /api.js /sign-in.js /icon.svg",
                        "shop/product-composite-test: 8080 GET PUT DELETE" + PAGES + "/*");
    }

    @Test
    void letsServicesConnectToTheirOwnDatabaseAndToTheBroker() {
        Chart landscape = Chart.landscape("dev");
        assertThat(Chart.STORING).allSatisfy(service -> assertThat(edges(landscape, service + "-db"))
                .containsExactly("shop/" + service + ": 5432"));
        assertThat(edges(landscape, "kafka"))
                .containsExactly(Chart.SERVICES.stream()
                                .sorted()
                                .map(service -> "shop/" + service + " ")
                                .collect(Collectors.joining())
                        + "shop/kafka-topics: 9092");
    }

    @Test
    void knowsCallersByTheAccountsThatTheyHave() {
        Chart landscape = Chart.landscape("dev").withYaml("""
                product-composite: {serviceAccount: {name: pages}}
                review: {serviceAccount: {create: false, name: shared}}
                """);
        assertThat(edges(landscape, "product").getFirst()).startsWith("shop/pages: ");
        assertThat(edges(landscape, "review-db")).containsExactly("shop/shared: 5432");
        assertThat(edges(landscape, "kafka").getFirst())
                .contains("shop/pages ", "shop/shared ")
                .doesNotContain("shop/product-composite ", "shop/review ");
    }

    @Test
    void letsThePlatformsGatewaysIn() {
        Chart landscape =
                Chart.landscape("dev").with("mesh.gateway.enabled", false).withYaml("""
                product-composite: {httpRoute: {parentRefs: [{name: public, namespace: gateways}, {name: inner}]}}
                """);
        assertThat(edges(landscape, "product-composite").getFirst())
                .startsWith("gateways/public-istio shop/inner-istio: ");
        assertThat(edges(
                                landscape.with(
                                        "product-composite.authorizationPolicy.gatewayPrincipals[0]",
                                        "cluster.local/ns/gateways/sa/envoy"),
                                "product-composite")
                        .getFirst())
                .startsWith("gateways/envoy: ");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void addsTheRulesOfTheUser(String service) {
        Chart inside = Chart.of(service).with("global.mesh.mode", "sidecar");
        JsonNode rules = inside.withYaml(
                        "authorizationPolicy: {extraRules: [{from: [{source: {namespaces: [support]}}]}]}")
                .render()
                .one("AuthorizationPolicy", service)
                .at("/spec/rules");
        assertThat(rules).hasSize(edges(inside, service).size() + 1);
        assertThat(rules.get(rules.size() - 1).at("/from/0/source/namespaces/0").asText())
                .isEqualTo("support");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "product.authorizationPolicy.extraRules[0].from[0].source.namespaces[0]",
                "product-composite.authorizationPolicy.gatewayPrincipals[0]"
            })
    void refusesRulesThatNothingEnforces(String key) {
        Chart outside = Chart.landscape().with(key, "cluster.local/ns/shop/sa/shop");
        assertThatThrownBy(outside::render)
                .hasMessageContaining(": authorizationPolicy." + key.replaceAll(".*Policy\\.|\\[.*", ""))
                .hasMessageContaining("has no effect outside a mesh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void selectsThePodsOfOneWorkload(String environment) {
        Rendered landscape = Chart.landscape(environment).render();
        assertThat(landscape.all("AuthorizationPolicy").filter(policy -> policy.at("/spec/selector")
                        .isObject()))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(landscape.objects().stream()
                                .filter(object -> object.path("kind").asText().matches("Deployment|StatefulSet|Job")
                                        && isPartOf(
                                                policy.at("/spec/selector/matchLabels"),
                                                object.at("/spec/template/metadata/labels")))
                                .map(Rendered::nameOf))
                        .containsExactly(Rendered.nameOf(policy)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void runsNothingAsTheDefaultAccountAndMountsNoToken(String environment) {
        Rendered landscape = Chart.landscape(environment).render();
        assertThat(landscape.podSpecs()).isNotEmpty().allSatisfy(pod -> {
            JsonNode account = landscape.one(
                    "ServiceAccount", pod.path("serviceAccountName").asText());
            assertThat(account.path("automountServiceAccountToken")).hasToString("false");
            assertThat(pod.path("automountServiceAccountToken")).hasToString("false");
        });
    }

    /** Each rule as accounts, then port, methods and paths: {@code shop/product-composite: 8080 GET /v1/reviews}. */
    private static List<String> edges(Chart chart, String workload) {
        return chart.render()
                .one("AuthorizationPolicy", workload)
                .at("/spec/rules")
                .valueStream()
                .map(rule -> rule.at("/from/0/source/principals")
                                .valueStream()
                                .map(AuthorizationTest::account)
                                .collect(Collectors.joining(" "))
                        + ": "
                        + List.of("ports", "methods", "paths").stream()
                                .flatMap(part ->
                                        rule.at("/to/0/operation").path(part).valueStream())
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    private static String account(JsonNode principal) {
        assertThat(principal.asText()).matches("cluster\\.local/ns/[^/]+/sa/[^/]+");
        return principal.asText().replace("cluster.local/ns/", "").replace("/sa/", "/");
    }

    private static boolean isPartOf(JsonNode selector, JsonNode labels) {
        return selector.propertyStream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }
}
