package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class EdgeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP = "https://shop.test";

    private final ClusterLandscape landscape;
    private final Api api;
    private final Api anybody;

    EdgeTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
        anybody = new Api(landscape::address, Optional::empty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/product-composites?limit=1&after=0", "/openapi", "/nothing/%20x?a=%20b&b=%2e%2e"})
    void plainHttpIsOnlyRedirected(String target) {
        Response redirect =
                api.get(URI.create(landscape.plainAddress() + target)).requireStatus(308);
        assertEquals(landscape.address() + target, redirect.header("Location").replace(":443/", "/"));
        assertEquals("", redirect.body());
    }

    @Test
    void everyResponseAsksForHttpsFromNowOn() {
        for (Response response : new Response[] {
            api.get("/openapi").requireStatus(200),
            api.page(13).requireProblem(404),
            anybody.page(13).requireProblemOfTheGateway(401),
            api.get("/nothing").requireProblemOfTheGateway(404)
        }) {
            assertEquals("max-age=31536000", response.header("Strict-Transport-Security"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aVersionOfTlsThatIsStillSafeIsSpoken(String version) throws IOException {
        try (var socket = (SSLSocket) Trust.connect(landscape.address())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertEquals(version, socket.getSession().getProtocol());
        }
    }

    /** 1.2 shows that what was sent is understood. */
    @ParameterizedTest
    @CsvSource({"3.0, REFUSED", "1.0, REFUSED", "1.1, REFUSED", "1.2, ACCEPTED"})
    void anOldVersionOfTlsIsRefused(String version, ClientHello.Answer answer) throws IOException {
        assertEquals(answer, new ClientHello(version).sentTo(landscape.address()));
    }

    @Test
    void aClientMaySpeakHttp2() throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(Trust.CONTEXT)
                .version(HttpClient.Version.HTTP_2)
                .build()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(landscape.address().resolve("/openapi"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(200, response.statusCode());
            assertEquals(HttpClient.Version.HTTP_2, response.version());
        }
    }

    @Test
    void pagesOfAnAllowedOriginMayCallAndNoOthers() {
        landscape.installation().upgrade("product-composite.httpRoute.cors.allowOrigins[0]=" + SHOP);
        await("the allowed origin").atMost(60, SECONDS).until(() -> preflight(SHOP)
                .header("Access-Control-Allow-Origin")
                .equals(SHOP));
        Response allowed = preflight(SHOP).requireStatus(200);
        assertTrue(allowed.header("Access-Control-Allow-Methods").contains("PUT"));
        assertTrue(allowed.header("Access-Control-Allow-Headers").toLowerCase().contains("authorization"));
        assertEquals(SHOP, api.page(13, "Origin", SHOP).requireProblem(404).header("Access-Control-Allow-Origin"));
        for (String other : new String[] {"https://shop.test.evil.test", "http://shop.test", "null"}) {
            assertEquals("", preflight(other).header("Access-Control-Allow-Origin"), other);
        }
    }

    @Test
    void eachRequestIsALineOfJsonInTheLogWithoutItsToken() {
        long productId = Api.newId();
        String token = landscape.token().orElseThrow();
        anybody.page(productId, "Authorization", "Bearer " + token).requireProblem(404);
        JsonNode line = await("the line of the request")
                .atMost(30, SECONDS)
                .until(() -> lineWith("" + productId), Optional::isPresent)
                .map(EdgeTest::json)
                .orElseThrow();
        assertEquals("GET", line.path("method").asText(), line::toString);
        assertEquals(404, line.path("status").asInt(), line::toString);
        assertEquals(Api.PAGES + "/" + productId, line.path("path").asText(), line::toString);
        assertFalse(line.path("requestId").asText().isBlank(), line::toString);
        assertTrue(lineWith(token.substring(token.lastIndexOf('.'))).isEmpty(), "A token in the log");
    }

    @Test
    void aResponseIsCompressedForAClientThatAcceptsIt() throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(Trust.CONTEXT).build()) {
            URI contract = landscape.address().resolve("/openapi");
            HttpResponse<byte[]> compressed = client.send(
                    HttpRequest.newBuilder(contract)
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    BodyHandlers.ofByteArray());
            assertEquals(
                    "gzip", compressed.headers().firstValue("Content-Encoding").orElse(""));
            Response plain = api.get(contract).requireStatus(200);
            assertEquals("", plain.header("Content-Encoding"));
            var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes();
            assertEquals(plain.body(), new String(unpacked, UTF_8));
        }
    }

    private Response preflight(String origin) {
        return anybody.options(
                Api.PAGES + "/13",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "authorization,content-type");
    }

    private Optional<String> lineWith(String text) {
        Cluster cluster = landscape.cluster();
        return cluster.gateway().stream()
                .flatMap((Pod pod) -> cluster.resource(pod).getLog().lines())
                .filter(line -> line.contains(text))
                .findFirst();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
