package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Proof
class WayInTest {
    private final ClusterLandscape landscape;
    private final Api api;

    WayInTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void theGatewayServesTheProductPagesAndTheirContract() {
        api.get(landscape.address().resolve("/v1/product-composites")).requireStatus(200);
        Answer contract = api.get(landscape.address().resolve("/openapi")).requireStatus(200);
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
    void theGatewayLetsNothingElseIn(String path) {
        api.get(landscape.address().resolve(path)).requireStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"product", "product-composite"})
    void aServiceAnswersNobodyWhoIsNotOfTheMesh(String service) {
        Pod pod = landscape.cluster().ready(service).getFirst();
        assertTrue(landscape.outsider().ask(pod, 15021, "/healthz/ready").contains(" 200 "), "Its sidecar answers");
        assertEquals("", landscape.outsider().ask(pod, 8080, "/v1/" + service + "s"));
        assertEquals("", landscape.outsider().ask(pod, 9000, "/q/metrics"));
    }
}
