package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.ListVisitFromServerGetDeleteRecreateWaitApplicable;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class SpoofedHeadersTest {
    private static final String SPOOFED = "spoofed";

    private final ClusterLandscape landscape;
    private final Api anybody;

    SpoofedHeadersTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        anybody = new Api(landscape::address, Optional::empty);
    }

    @BeforeEach
    void putAServerBehindTheGateway() {
        server().serverSideApply();
        await("the server that echoes")
                .atMost(60, SECONDS)
                .until(() -> anybody.get("/echo").status() == 200);
    }

    @AfterEach
    void removeIt() {
        server().delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Envoy-Upstream-Rq-Timeout-Ms",
                "X-Envoy-Max-Retries",
                "X-Envoy-Retry-On",
                "X-Envoy-Retriable-Status-Codes",
                "X-Envoy-Internal",
                "X-Envoy-External-Address",
                "X-Envoy-Original-Path",
                "X-Envoy-Original-Dst-Host",
                "X-Envoy-Decorator-Operation",
                "X-Envoy-Peer-Metadata",
                "X-Envoy-Force-Trace",
                "X-Envoy-Attempt-Count",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "X-Forwarded-Proto",
                "X-Forwarded-Prefix",
                "X-Forwarded-Client-Cert",
                "Forwarded",
                "X-Real-Ip",
                "X-Original-Url",
                "X-Rewrite-Url",
                "X-Trellis-Client",
                "x-tReLLis-cLient"
            })
    void whatOnlyTheEdgeMaySayReachesNoService(String header) {
        String seen = anybody.get("/echo", header, SPOOFED).requireStatus(200).body();
        assertFalse(seen.contains(SPOOFED), seen);
    }

    @Test
    void aServiceIsToldTheCallersAddressAndThatItIsHttps() {
        String seen = anybody.get("/echo", "X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "http")
                .requireStatus(200)
                .body()
                .toLowerCase(Locale.ROOT);
        assertTrue(seen.contains("x-forwarded-proto: https\n"), seen);
        assertTrue(seen.matches("(?s).*x-forwarded-for: [0-9a-f.:]+\n.*"), seen);
        assertFalse(seen.contains("203.0.113.7"), seen);
    }

    @Test
    void theTokenEndsAtTheEdge() {
        String token = landscape.token().orElseThrow();
        String seen = anybody.get("/echo", "Authorization", "Bearer " + token)
                .requireStatus(200)
                .body();
        assertFalse(seen.contains(token.substring(token.lastIndexOf('.'))), seen);
        assertFalse(seen.toLowerCase(Locale.ROOT).contains("authorization"), seen);
    }

    @Test
    void whatIsTheCallersOwnReachesTheService() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String seen = anybody.get("/echo", "Accept-Language", "de", "traceparent", trace)
                .requireStatus(200)
                .body()
                .toLowerCase(Locale.ROOT);
        assertEquals("get /echo", seen.lines().findFirst().orElse(""));
        assertTrue(seen.contains("accept-language: de\n"), seen);
        assertTrue(seen.contains("4bf92f3577b34da6a3ce929d0e0e4736"), seen);
    }

    private ListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> server() {
        Cluster cluster = landscape.cluster();
        String program = Base64.getEncoder().encodeToString(Resources.bytes("Echo.class"));
        return Resources.objects(cluster.client(), "/echo.yaml", landscape.javaImage(), program)
                .inNamespace(cluster.namespace());
    }
}
