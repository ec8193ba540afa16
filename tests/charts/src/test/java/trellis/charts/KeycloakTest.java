package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The demonstration's identity provider. */
class KeycloakTest {

    private static final String KEYS = "/realms/trellis/protocol/openid-connect/certs";

    @Test
    void runsInAMeshUnlessItIsSwitchedOff() {
        assertThat(Chart.landscape("dev").render().all("StatefulSet").map(Rendered::nameOf))
                .contains("keycloak");
        for (Chart without : List.of(
                Chart.landscape(),
                Chart.landscape("prod"),
                Chart.landscape("dev")
                        .with("backing.keycloak.enabled", false)
                        .withYaml("mesh: {auth: {issuers: [{issuer: https://id.example.org,"
                                + " jwksUri: https://id.example.org/keys, audiences: [trellis]}]}}"),
                Chart.of("backing").with("global.mesh.mode", "sidecar"))) {
            assertThat(without.render().objects())
                    .noneMatch(object -> Rendered.nameOf(object).contains("keycloak"));
        }
    }

    @Test
    void signsForTheAddressThatUsersCall() {
        assertThat(variable(Chart.landscape("dev").with("mesh.gateway.hostname", "shop.example.org"), "KC_HOSTNAME"))
                .isEqualTo("https://shop.example.org");
    }

    @Test
    void holdsEverySecretInASecretThatIsRandomAndKept() {
        Rendered landscape = Chart.landscape("dev").render();
        JsonNode secret = landscape.one("Secret", "keycloak");
        assertThat(secret.at("/metadata/annotations")
                        .path("helm.sh/resource-policy")
                        .asText())
                .isEqualTo("keep");
        assertThat(secret.path("data").fieldNames())
                .toIterable()
                .containsExactly("admin", "demo", "guest", "reader", "writer", "id");
        ((ObjectNode) secret.path("data")).remove("id"); // no secret
        assertThat(secret.path("data"))
                .extracting(KeycloakTest::decoded)
                .allSatisfy(value -> assertThat(value).hasSize(32))
                .doesNotHaveDuplicates();
        assertThat(container(landscape).path("env").findValues("secretKeyRef"))
                .extracting(key -> key.path("key").asText())
                .containsExactlyInAnyOrder("admin", "demo", "guest", "reader", "writer");

        EmptyCluster.holds("kept", "keycloak", "writer", "as it was");
        assertThat(decoded(Chart.landscape("dev")
                        .in("kept")
                        .render()
                        .one("Secret", "keycloak")
                        .at("/data/writer")))
                .isEqualTo("as it was");
    }

    @Test
    void hasItsKeysReadAtAnAddressOfItsOwnThatIsKept() {
        Rendered landscape = Chart.landscape("dev").render();
        String id = decoded(landscape.one("Secret", "keycloak").at("/data/id"));
        assertThat(id).matches("[A-Za-z0-9]{8}");
        assertThat(keysOf(landscape)).endsWith(KEYS + "?id=" + id);
        assertThat(keysOf(Chart.landscape("dev").render())).isNotEqualTo(keysOf(landscape));

        EmptyCluster.holds("known", "keycloak", "id", "12345678");
        Rendered upgraded = Chart.landscape("dev").in("known").render();
        assertThat(keysOf(upgraded)).isEqualTo("http://keycloak.known" + KEYS + "?id=12345678");
        assertThat(decoded(upgraded.one("Secret", "keycloak").at("/data/id"))).isEqualTo("12345678");
    }

    @Test
    void importsARealmWhoseSecretsAreVariables() throws JsonProcessingException {
        JsonNode realm = realm();
        assertThat(realm.findValuesAsText("secret")).containsExactly("${READER_SECRET}", "${WRITER_SECRET}");
        assertThat(realm.at("/users").findValuesAsText("value"))
                .containsExactly("${DEMO_PASSWORD}", "${GUEST_PASSWORD}");
    }

    @Test
    void givesEachClientItsScopesAndNoFlowButItsOwn() throws JsonProcessingException {
        JsonNode realm = realm();
        assertThat(scopes(client(realm, "reader"))).containsExactly("basic", "product:read");
        assertThat(scopes(client(realm, "writer"))).containsExactly("basic", "product:read", "product:write");
        assertThat(scopes(client(realm, "web"))).containsExactly("basic", "product:read", "product:write");
        assertThat(realm.path("clients"))
                .filteredOn(client -> client.path("enabled").asBoolean(true))
                .extracting(client -> client.path("clientId").asText()
                        + flow(client, "serviceAccountsEnabled")
                        + flow(client, "standardFlowEnabled")
                        + flow(client, "directAccessGrantsEnabled")
                        + flow(client, "implicitFlowEnabled"))
                .containsExactlyInAnyOrder(
                        "reader serviceAccountsEnabled", "writer serviceAccountsEnabled", "web standardFlowEnabled");
        assertThat(client(realm, "web")
                        .at("/attributes")
                        .path("pkce.code.challenge.method")
                        .asText())
                .isEqualTo("S256");
    }

    /** Keycloak grants a scope that is mapped to a role only to users, and service accounts, who have the role. */
    @Test
    void grantsToWriteToEditorsAlone() throws JsonProcessingException {
        JsonNode realm = realm();
        assertThat(realm.path("scopeMappings")).singleElement().satisfies(mapping -> {
            assertThat(mapping.path("clientScope").asText()).isEqualTo("product:write");
            assertThat(mapping.path("roles")).extracting(JsonNode::asText).containsExactly("editor");
        });
        assertThat(realm.path("users"))
                .extracting(user -> user.path("username").asText() + " " + user.path("realmRoles"))
                .containsExactlyInAnyOrder("demo [\"editor\"]", "guest ", "service-account-writer [\"editor\"]");
    }

    @Test
    void sendsUsersBackToNothingButThePage() throws JsonProcessingException {
        JsonNode web = client(realm(), "web");
        assertThat(web.path("rootUrl").asText()).isEqualTo("${authBaseUrl}");
        assertThat(web.path("redirectUris")).extracting(JsonNode::asText).containsExactly("/");
        assertThat(web.at("/attributes").path("post.logout.redirect.uris").asText())
                .as("the same")
                .isEqualTo("+");
    }

    @Test
    void showsNothingButTheRealmAndTheFilesOfItsLoginPageAtTheGateway() {
        JsonNode route = Chart.landscape("dev").render().one("HTTPRoute", "keycloak");
        assertThat(route.at("/spec/rules")).hasSize(1);
        assertThat(route.at("/spec/rules/0/matches"))
                .extracting(match -> "%s %s %s"
                        .formatted(
                                match.path("method").asText(),
                                match.at("/path/type").asText(),
                                match.at("/path/value").asText()))
                .containsExactly(
                        " PathPrefix /realms/trellis", "GET RegularExpression /resources/[0-9a-z]+/(login|common)/.+");
    }

    @Test
    void lendsItsKeysToAnyoneAndTheRealmToTheGateways() {
        JsonNode rules = Chart.landscape("dev")
                .render()
                .one("AuthorizationPolicy", "keycloak")
                .at("/spec/rules");
        assertThat(rules).filteredOn(rule -> !rule.has("from")).singleElement().satisfies(rule -> {
            assertThat(rule.at("/to")).hasSize(1);
            assertThat(rule.at("/to/0/operation/paths"))
                    .extracting(JsonNode::asText)
                    .containsExactly(KEYS);
            assertThat(rule.at("/to/0/operation/methods"))
                    .extracting(JsonNode::asText)
                    .containsExactly("GET");
        });
        assertThat(rules)
                .filteredOn(rule -> rule.has("from"))
                .allSatisfy(rule -> assertThat(rule.at("/from/0/source/principals"))
                        .extracting(JsonNode::asText)
                        .containsExactly("cluster.local/ns/shop/sa/edge-istio"))
                .extracting(rule -> rule.at("/to/0/operation/methods") + " " + rule.at("/to/0/operation/paths"))
                .containsExactly(
                        " [\"/realms/trellis\",\"/realms/trellis/*\"]",
                        "[\"GET\"] [\"/resources/{*}/login/{**}\",\"/resources/{*}/common/{**}\"]");
    }

    @Test
    void isTheOnlyOneThatTakesConnectionsWithoutMutualTls() {
        Rendered landscape = Chart.landscape("dev").render();
        assertThat(landscape.all("PeerAuthentication").filter(policy -> policy.toString()
                        .contains("PERMISSIVE")))
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.at("/spec/selector/matchLabels"))
                            .isEqualTo(landscape.one("StatefulSet", "keycloak").at("/spec/selector/matchLabels"));
                    assertThat(policy.at("/spec/mtls/mode").asText()).isEqualTo("STRICT");
                    assertThat(policy.at("/spec/portLevelMtls").fieldNames())
                            .toIterable()
                            .containsExactly("8080");
                });
    }

    /** Where the mesh reads them. */
    private static String keysOf(Rendered landscape) {
        return landscape
                .one("RequestAuthentication", "trellis")
                .at("/spec/jwtRules/0/jwksUri")
                .asText();
    }

    private static JsonNode realm() throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(Chart.landscape("dev")
                        .render()
                        .one("ConfigMap", "keycloak")
                        .at("/data")
                        .path("trellis-realm.json")
                        .asText());
    }

    private static JsonNode client(JsonNode realm, String name) {
        return StreamSupport.stream(realm.path("clients").spliterator(), false)
                .filter(client -> client.path("clientId").asText().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static List<String> scopes(JsonNode client) {
        return StreamSupport.stream(client.path("defaultClientScopes").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String flow(JsonNode client, String name) {
        return client.path(name).asBoolean(false) ? " " + name : "";
    }

    private static String variable(Chart chart, String name) {
        return StreamSupport.stream(container(chart.render()).path("env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(name))
                .findAny()
                .orElseThrow()
                .path("value")
                .asText();
    }

    private static JsonNode container(Rendered landscape) {
        return landscape.one("StatefulSet", "keycloak").at("/spec/template/spec/containers/0");
    }

    private static String decoded(JsonNode value) {
        return new String(Base64.getDecoder().decode(value.asText()));
    }
}
