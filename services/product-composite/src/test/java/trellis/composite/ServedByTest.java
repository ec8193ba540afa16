package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header served-by, and the page of a landscape where one signs in. */
@RealBroker
@TestProfile(ServedByTest.SwitchedOn.class)
class ServedByTest {

    private static final String PAGE = "/v1/product-composites/";

    public static class SwitchedOn implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "served-by.enabled", "true",
                    "served-by.instance", "composite-1",
                    "quarkus.fault-tolerance.global.timeout.value", "60000",
                    "quarkus.rest-client.connect-timeout", "60000",
                    "page.sign-in.issuer", "https://id.example:8443/realms/trellis",
                    "page.traces", "https://jaeger.example/trace/{traceId}");
        }
    }

    @Inject
    CircuitBreakerMaintenance breakers;

    @TestHTTPResource
    URI address;

    StubNeighbours neighbours;

    @BeforeEach
    void allIsWell() {
        neighbours.heal();
        breakers.resetAll();
        List.of("product", "recommendation", "review").forEach(each -> neighbours.nameInstances(each, each + ";pod;2"));
    }

    @Test
    void namesTheInstanceOfEachServiceThatTookPart() {
        assertEquals(List.of(self(), "product;pod;2", "recommendation;pod;2", "review;pod;2"), servedBy(PAGE + 1));
        assertEquals(List.of(self(), "product;pod;2"), servedBy("/v1/product-composites?limit=1"));
        assertEquals(List.of(self()), servedBy("/page.css"));
        assertEquals(List.of(self()), servedBy("/nothing"));
    }

    @Test
    void countsAnAnswerThatThereIsNoSuchProduct() {
        assertEquals(
                List.of(self(), "product;pod;2"),
                servedBy(PAGE + 13).stream().limit(2).toList());
    }

    @Test
    void doesNotNameAServiceWhosePartIsMissing() {
        neighbours.answer("review", 503);
        assertEquals(List.of(self(), "product;pod;2", "recommendation;pod;2"), servedBy(PAGE + 1));
    }

    @Test
    void doesNotNameAServiceWhosePartIsRemembered() {
        given().get(PAGE + 3).then().statusCode(200);
        neighbours.answer("product", 500);
        assertEquals(List.of(self(), "recommendation;pod;2", "review;pod;2"), servedBy(PAGE + 3));
    }

    @Test
    void namesTheInstanceThatAnsweredTheRepeatedCall() {
        neighbours.heal();
        neighbours.failOnce("review");
        int before = neighbours.calls("review");
        assertEquals("review;of-1-" + (before + 2) + ";1", servedBy(PAGE + 1).getLast());
    }

    @Test
    void passesOnTheInstancesThatANeighbourAskedInTurn() {
        neighbours.nameInstances("product", "product;pod;2, price;pod;3");
        assertEquals(
                List.of(self(), "price;pod;3", "product;pod;2", "recommendation;pod;2", "review;pod;2"),
                servedBy(PAGE + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "product",
                "product;pod",
                "product;pod;1;2",
                "product;<b>pod</b>;1",
                ";;",
                ", ,",
                "product;-;1",
                "pröduct;p;1"
            })
    void leavesOutWhatIsNoInstance(String made) {
        neighbours.nameInstances("product", made);
        assertEquals(List.of(self(), "recommendation;pod;2", "review;pod;2"), servedBy(PAGE + 1));
    }

    @Test
    void doesNotGrowWithoutBounds() {
        neighbours.nameInstances(
                "product",
                String.join(
                        ",",
                        IntStream.range(0, 500).mapToObj("a%d;b;1"::formatted).toList()));
        neighbours.nameInstances(
                "review",
                String.join(
                        ",",
                        IntStream.range(0, 50).mapToObj("c%d;d;1"::formatted).toList()));
        assertEquals(17, servedBy(PAGE + 1).size());
    }

    @Test
    void takesNothingFromTheCaller() {
        given().header("served-by", "evil;pod;1").get("/page.css").then().header("served-by", equalTo(self()));
    }

    @Test
    void doesNotMixRequestsThatAreServedAtTheSameTime() {
        neighbours.heal();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Map<Integer, CompletableFuture<HttpResponse<Void>>> answers = new TreeMap<>();
            IntStream.range(100, 130)
                    .forEach(product -> answers.put(
                            product,
                            client.sendAsync(
                                    HttpRequest.newBuilder(address.resolve(PAGE + product))
                                            .build(),
                                    BodyHandlers.discarding())));
            answers.forEach((product, answer) -> assertEquals(
                    List.of("product;of-" + product, "recommendation;of-" + product, "review;of-" + product),
                    entries(answer.join().headers().firstValue("served-by").orElse(null))
                            .skip(1)
                            .map(entry -> entry.replaceFirst("-\\d+;1$", ""))
                            .toList()));
        }
    }

    @Test
    void leavesTheIssuerToThePage() {
        given().get("/page.json")
                .then()
                .body("signIn.issuer", equalTo("https://id.example:8443/realms/trellis"))
                .body("signIn.client", equalTo("web"))
                .body("traces", equalTo("https://jaeger.example/trace/{traceId}"));
        given().accept("text/html")
                .get("/")
                .then()
                .header("Content-Security-Policy", containsString("; connect-src 'self' https://id.example:8443; "));
        given().get("/").then().body(containsString("-H \"Authorization: Bearer $TOKEN\" -i http://localhost"));
    }

    private static String self() {
        return "product-composite;composite-1;"
                + ConfigProvider.getConfig().getValue("quarkus.application.version", String.class);
    }

    private static List<String> servedBy(String path) {
        return entries(given().get(path).header("served-by")).toList();
    }

    private static Stream<String> entries(String header) {
        return Stream.of(header.split(", "));
    }
}
