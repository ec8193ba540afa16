package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class WayInTest {
    private final ClusterLandscape landscape;
    private final Api api;

    WayInTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void theGatewayServesTheProductPagesAndTheirContract() {
        api.get("/v1/product-composites").requireStatus(200);
        Response contract = api.get("/openapi").requireStatus(200);
        assertTrue(contract.body().contains("/v1/product-composites/{productId}"), contract.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/openapi/",
                "/swagger-ui",
                "/q/health",
                "/q/metrics",
                "/v1/products",
                "/v1/reviews?productId=1",
                "/v1/product-composites-of-others"
            })
    void theGatewayRoutesNothingElse(String path) {
        api.get(path).requireStatus(404);
    }

    /**
     * Refused twice: the NetworkPolicy admits only the pods that it names, as shown by port 15021, where a sidecar
     * answers anyone; and the mesh refuses a pod that a policy of this test admits.
     */
    @ParameterizedTest
    @ValueSource(strings = {"product", "product-composite"})
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
