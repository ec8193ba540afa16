package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class WayInTest {
    private final ClusterLandscape landscape;
    private final Api api;
    private final Api anybody;

    WayInTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
        anybody = new Api(landscape::address, Optional::empty);
    }

    @Test
    void theGatewayServesTheProductPagesAndTheirContract() {
        api.get("/v1/product-composites").requireStatus(200);
        Response contract = api.get("/openapi").requireStatus(200);
        assertTrue(contract.body().contains("/v1/product-composites/{productId}"), contract.body());
    }

    @ParameterizedTest
    @FieldSource("trellis.e2e.Api#PUBLIC_PAGE")
    void theGatewayServesThePageToAnybodyWhoOnlyReads(String path) {
        anybody.get(path).requireStatus(200);
        assertEquals(200, anybody.head(path).status());
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            anybody.send(method, path).requireProblemOfTheGateway(404);
            api.send(method, path).requireProblemOfTheGateway(404);
        }
    }

    /** Its folder has another name with each version of Keycloak. */
    @Test
    void theGatewayServesTheFilesOfTheLoginPageToAnybodyWhoOnlyReads() {
        String challenge = "A".repeat(43);
        Response login = anybody.get(Keycloak.REALM
                        + "/protocol/openid-connect/auth?client_id=web&response_type=code&scope=openid&redirect_uri="
                        + landscape.address()
                        + "/&code_challenge_method=S256&code_challenge="
                        + challenge)
                .requireStatus(200);
        assertEquals("SAMEORIGIN", login.header("X-Frame-Options"));
        List<String> files = Pattern.compile("\"(/resources/[^\"]+)\"")
                .matcher(login.body())
                .results()
                .map(file -> file.group(1))
                .distinct()
                .toList();
        assertFalse(files.isEmpty(), login.body());
        for (String file : files) {
            anybody.get(file).requireStatus(200);
            anybody.send("POST", file).requireProblemOfTheGateway(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi/",
                "/index.html",
                "/page",
                "/page.html",
                "/page.js/",
                "/page.js.map",
                "/page.json/1",
                "/PAGE.JSON",
                "/icon.svg/",
                "/favicon.ico",
                "/META-INF/resources/page.js",
                "/application.properties",
                "/swagger-ui",
                "/q/health",
                "/q/metrics",
                "/v1/products",
                "/v1/reviews?productId=1",
                "/v1/product-composites-of-others",
                "/realms/master",
                "/realms/master/protocol/openid-connect/token",
                "/realms/trellis-of-others",
                "/admin",
                "/admin/",
                "/admin/master/console/",
                "/admin/realms/trellis",
                "/resources/",
                "/resources/any/login/",
                "/resources/any/account/keycloak.v3/index.js",
                "/resources/any/admin/keycloak.v2/index.js",
                "/resources/any/welcome/keycloak/index.css",
                "/resources/master/any",
                "/js/keycloak.js",
                "/health",
                "/metrics",
                "/stats/prometheus",
                "/healthz/ready",
                "/config_dump",
                "/quitquitquit"
            })
    void theGatewayRoutesNothingElse(String path) {
        api.get(path).requireProblemOfTheGateway(404);
        anybody.get(path).requireProblemOfTheGateway(404);
    }

    /** The other ports of the gateway's pods: its administration, metrics and health, and those of a sidecar. */
    @ParameterizedTest
    @ValueSource(ints = {15000, 15004, 15008, 15020, 15021, 15090})
    void theGatewayHasNoOtherPorts(int port) {
        Pod pod = landscape.cluster().gateway().getFirst();
        int redirecting = Math.max(landscape.plainAddress().getPort(), 80); // -1 is the usual one
        assertNotEquals("", landscape.privilegedPod().ask(pod, redirecting, "/"));
        assertEquals("", landscape.privilegedPod().ask(pod, port, "/"));
    }

    /**
     * Refused twice: the NetworkPolicy admits only the pods that it names, as shown by port 15021, where a sidecar
     * answers anyone; and the mesh refuses a pod that a policy of this test admits.
     */
    @ParameterizedTest
    @FieldSource("trellis.e2e.LiveLandscape#SERVICES")
    void aServiceAnswersNoPodOutsideTheMesh(String service) {
        Pod pod = landscape.cluster().ready(service).getFirst();
        await().atMost(60, SECONDS)
                .until(() -> sidecarOf(pod).isEmpty()); // an earlier run may have admitted it until just now
        Resource<NetworkPolicy> admitted = landscape.cluster().client().resource(admittingThePrivilegedPodTo(service));
        admitted.serverSideApply();
        try {
            await().atMost(60, SECONDS).until(() -> sidecarOf(pod).contains(" 200 "));
            assertEquals("", landscape.privilegedPod().ask(pod, 8080, "/v1/" + service + "s"));
            assertEquals("", landscape.privilegedPod().ask(pod, 9000, "/q/metrics"));
        } finally {
            admitted.delete();
        }
    }

    /** Not even the advice that a namespace might be labelled, since its pods are. */
    @Test
    void istioctlFindsNothingInTheNamespace() {
        String namespace = landscape.cluster().namespace();
        String said = Command.of(
                        "istioctl", "analyze", "--namespace", namespace, "--suppress", "IST0102=Namespace " + namespace)
                .run();
        assertTrue(said.contains("No validation issues found"), said);
    }

    private String sidecarOf(Pod pod) {
        return landscape.privilegedPod().ask(pod, 15021, "/healthz/ready");
    }

    private NetworkPolicy admittingThePrivilegedPodTo(String service) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(service + "-from-outside")
                .withNamespace(landscape.cluster().namespace())
                .endMetadata()
                .withNewSpec()
                .withPolicyTypes("Ingress")
                .withNewPodSelector()
                .addToMatchLabels("app.kubernetes.io/name", service)
                .endPodSelector()
                .addNewIngress()
                .addNewFrom()
                .withNewNamespaceSelector()
                .addToMatchLabels(
                        "kubernetes.io/metadata.name", landscape.privilegedPod().namespace())
                .endNamespaceSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build();
    }
}
