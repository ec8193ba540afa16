package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway lets through, from whom, and how. */
class EdgeTest {

    private static final Chart DEMONSTRATION = Chart.landscape().with("mesh.mode", "sidecar");
    private static final String PAGE =
            "[GET, HEAD] [/, /page.json, /page.css, /page.js, /api.js, /sign-in.js, /icon.svg] needs []";
    private static final Chart BEHIND_A_PLATFORMS_GATEWAY = DEMONSTRATION
            .with("mesh.gateway.enabled", false)
            .with("product-composite.httpRoute.parentRefs[0].name", "public")
            .with("product-composite.httpRoute.parentRefs[0].namespace", "gateways");

    @Test
    void hasNoGatewayWithoutAMesh() {
        Rendered landscape = Chart.landscape().render();
        for (String kind :
                List.of("Gateway", "HTTPRoute", "EnvoyFilter", "RequestAuthentication", "AuthorizationPolicy")) {
            assertThat(landscape.has(kind)).as(kind).isFalse();
        }
    }

    @Test
    void doesNothingWithHttpButRedirectIt() {
        Rendered landscape = DEMONSTRATION.render();
        assertThat(landscape.all("HTTPRoute").filter(route -> texts(route, "/spec/parentRefs", "/sectionName")
                        .contains("http")))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.at("/spec/rules")).hasSize(1);
                    assertThat(route.at("/spec/rules/0/filters/0/requestRedirect/scheme")
                                    .asText())
                            .isEqualTo("https");
                    assertThat(route.at("/spec/rules/0/backendRefs").isMissingNode())
                            .isTrue();
                });
        assertThat(landscape.all("HTTPRoute"))
                .allSatisfy(route -> assertThat(texts(route, "/spec/parentRefs", "/sectionName"))
                        .doesNotContain(""));
    }

    @Test
    void redirectsToThePortForHttps() {
        JsonNode route =
                DEMONSTRATION.with("mesh.gateway.tls.port", 8443).render().one("HTTPRoute", "edge-redirect");
        assertThat(route.at("/spec/rules/0/filters/0/requestRedirect/port").asInt())
                .isEqualTo(8443);
    }

    @Test
    void makesASelfSignedCertificateForTheHostNameUnlessAnotherIsThere() {
        Chart chart = DEMONSTRATION.with("mesh.gateway.tls.secretName", "shop-tls");
        assertThat(chart.render().one("Secret", "shop-tls").at("/type").asText())
                .isEqualTo("kubernetes.io/tls");
        assertThat(chart.with("mesh.gateway.tls.selfSigned", false).render().names())
                .doesNotContain("Secret shop-tls");
        EmptyCluster.holds("with-a-certificate", "shop-tls", "tls.crt", "of someone else");
        assertThat(chart.in("with-a-certificate").render().names()).doesNotContain("Secret shop-tls");
    }

    @Test
    void asksForTheScopeThatTheMethodNeeds() {
        JsonNode policy = DEMONSTRATION.render().one("AuthorizationPolicy", "product-composite-edge");
        assertThat(rules(policy))
                .containsExactlyInAnyOrder(
                        "[GET, HEAD] [/v1/product-composites, /v1/product-composites/*] needs [product:read]",
                        "[PUT, DELETE, POST, PATCH] [/v1/product-composites, /v1/product-composites/*] needs [product:write]",
                        "[OPTIONS] [/v1/product-composites, /v1/product-composites/*] needs []",
                        "[GET, HEAD, OPTIONS, PUT, DELETE, POST, PATCH] [/openapi] needs []",
                        PAGE);
    }

    @Test
    void letsNothingElseThrough() {
        Rendered landscape = DEMONSTRATION.render();
        assertThat(landscape.all("AuthorizationPolicy").filter(policy -> !policy.at("/spec/targetRefs")
                        .isMissingNode()))
                .extracting(Rendered::nameOf)
                .containsExactlyInAnyOrder("product-composite-edge", "keycloak-edge", "edge-redirect");
        assertThat(rules(landscape.one("AuthorizationPolicy", "keycloak-edge")))
                .containsExactly(
                        "[] [/realms/trellis, /realms/trellis/*] needs []",
                        "[GET] [/resources/{*}/login/{**}, /resources/{*}/common/{**}] needs []");
        assertThat(landscape.one("AuthorizationPolicy", "trellis").at("/spec")).isEmpty();
    }

    @Test
    void acceptsTheTokensOfEveryIssuerForItsAudiences() {
        JsonNode authentication = DEMONSTRATION.withYaml("""
                        mesh:
                          auth:
                            issuers:
                              - {issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys", audiences: [shop]}
                        """).render().one("RequestAuthentication", "trellis");
        assertThat(texts(authentication, "/spec/jwtRules", "/issuer"))
                .containsExactly("https://id.example.org", "https://trellis.localhost/realms/trellis");
        assertThat(texts(authentication, "/spec/jwtRules", "/audiences/0")).containsExactly("shop", "trellis");
        assertThat(texts(authentication, "/spec/jwtRules", "/forwardOriginalToken"))
                .containsOnly("");
    }

    @Test
    void runsNoIssuerThatNobodyAsks() {
        Rendered landscape = DEMONSTRATION.with("mesh.auth.enabled", false).render();
        assertThat(landscape.names()).doesNotContain("StatefulSet keycloak");
        assertThat(landscape.has("RequestAuthentication")).isFalse();
        assertThat(rules(landscape.one("AuthorizationPolicy", "product-composite-edge")))
                .containsExactlyInAnyOrder(
                        "[GET, HEAD] [/v1/product-composites, /v1/product-composites/*] needs []",
                        "[PUT, DELETE, POST, PATCH] [/v1/product-composites, /v1/product-composites/*] needs []",
                        "[OPTIONS] [/v1/product-composites, /v1/product-composites/*] needs []",
                        "[GET, HEAD, OPTIONS, PUT, DELETE, POST, PATCH] [/openapi] needs []",
                        PAGE);
    }

    @Test
    void refusesAnEdgeThatNobodyCouldPass() {
        assertThatThrownBy(DEMONSTRATION.with("backing.keycloak.enabled", false)::render)
                .hasMessageContaining("mesh.auth.issuers: whose tokens are accepted");
    }

    @Test
    void checksTokensAtTheServiceBehindAPlatformsGateway() {
        Rendered landscape = BEHIND_A_PLATFORMS_GATEWAY.render();
        assertThat(landscape.has("Gateway")).isFalse();
        assertThat(landscape.all("EnvoyFilter"))
                .noneMatch(filter -> filter.at("/spec").has("targetRefs"));
        JsonNode authentication = landscape.one("RequestAuthentication", "trellis");
        assertThat(authentication
                        .at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .isEqualTo("product-composite");
        assertThat(rules(landscape.one("AuthorizationPolicy", "product-composite")))
                .contains(
                        "[GET, HEAD] [/v1/product-composites, /v1/product-composites/*] needs [product:read]",
                        "[PUT, DELETE, POST, PATCH] [/v1/product-composites, /v1/product-composites/*] needs [product:write]",
                        PAGE);
    }

    @Test
    void routesExactlyTheAddressesOfThePage() {
        assertThat(routedOfThePage(DEMONSTRATION.render()))
                .containsExactlyInAnyOrder(
                        "GET Exact /",
                        "GET Exact /page.json",
                        "GET Exact /page.css",
                        "GET Exact /page.js",
                        "GET Exact /api.js",
                        "GET Exact /sign-in.js",
                        "GET Exact /icon.svg",
                        "HEAD Exact /",
                        "HEAD Exact /page.json",
                        "HEAD Exact /page.css",
                        "HEAD Exact /page.js",
                        "HEAD Exact /api.js",
                        "HEAD Exact /sign-in.js",
                        "HEAD Exact /icon.svg");
    }

    @Test
    void hasNoPageIfItIsSwitchedOff() {
        for (Chart chart : List.of(DEMONSTRATION, BEHIND_A_PLATFORMS_GATEWAY)) {
            Rendered landscape =
                    chart.with("product-composite.page.enabled", false).render();
            assertThat(routedOfThePage(landscape)).isEmpty();
            assertThat(landscape.all("AuthorizationPolicy"))
                    .flatExtracting(EdgeTest::rules)
                    .isNotEmpty()
                    .doesNotContain(PAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-host", "x-trellis-client", "x-forwarded-client-cert", "x-envoy-"})
    void stripsHeadersThatOnlyTheEdgeMaySet(String header) {
        assertThat(stripped(DEMONSTRATION)).contains(header);
        assertThat(stripped(DEMONSTRATION.with("mesh.gateway.trustedProxies", 1)))
                .contains(header);
    }

    @Test
    void believesOnlyTrustedProxiesWhereARequestComesFrom() {
        assertThat(stripped(DEMONSTRATION)).contains("x-forwarded-for", "x-forwarded-proto");
        assertThat(stripped(DEMONSTRATION.with("mesh.gateway.trustedProxies", 1)))
                .doesNotContain("x-forwarded-for", "x-forwarded-proto");
    }

    @Test
    void staysAvailableWithSeveralPods() {
        JsonNode one =
                DEMONSTRATION.render().one("ConfigMap", "edge-parameters").at("/data");
        assertThat(one.has("podDisruptionBudget")).isFalse();
        JsonNode production = Chart.landscape("prod")
                .render()
                .one("ConfigMap", "edge-parameters")
                .at("/data");
        assertThat(production.path("podDisruptionBudget").asText()).contains("maxUnavailable: 1");
        assertThat(production.path("horizontalPodAutoscaler").asText()).contains("minReplicas: 2");
        assertThat(production.path("deployment").asText())
                .contains("topology.kubernetes.io/zone")
                .doesNotContain("replicas:");
    }

    @Test
    void letsPagesOfOtherOriginsCallOnlyIfTheyAreNamed() {
        assertThat(filters(DEMONSTRATION)).doesNotContain("CORS");
        assertThat(filters(DEMONSTRATION.with(
                        "product-composite.httpRoute.cors.allowOrigins[0]", "https://a.example.org")))
                .contains("CORS");
    }

    private static List<String> routedOfThePage(Rendered landscape) {
        return stream(landscape.one("HTTPRoute", "product-composite").at("/spec/rules"))
                .filter(rule -> rule.path("name").asText().equals("page"))
                .flatMap(rule -> stream(rule.at("/matches")))
                .map(match -> "%s %s %s"
                        .formatted(
                                match.at("/method").asText(),
                                match.at("/path/type").asText(),
                                match.at("/path/value").asText()))
                .toList();
    }

    private static List<String> filters(Chart chart) {
        return texts(chart.render().one("HTTPRoute", "product-composite"), "/spec/rules/0/filters", "/type");
    }

    private static String stripped(Chart chart) {
        return chart.render()
                .one("EnvoyFilter", "edge-request-headers")
                .at(
                        "/spec/configPatches/0/patch/value/typed_config/early_header_mutation_extensions/0/typed_config/mutations")
                .toString();
    }

    private static List<String> texts(JsonNode object, String list, String field) {
        return stream(object.at(list)).map(item -> item.at(field).asText()).toList();
    }

    /** Each rule's methods, paths and scopes, as a line. */
    private static List<String> rules(JsonNode policy) {
        return stream(policy.at("/spec/rules"))
                .map(rule -> "%s %s needs %s"
                        .formatted(
                                words(rule, "/to/0/operation/methods"),
                                words(rule, "/to/0/operation/paths"),
                                words(rule, "/when/0/values")))
                .toList();
    }

    private static List<String> words(JsonNode object, String path) {
        return stream(object.at(path)).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
