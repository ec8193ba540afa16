package trellis.chassis.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LabelsTest {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final int AT_ONCE = 100;

    @TestHTTPResource
    URI address;

    @Test
    void tenThousandDifferentIdsPathsMethodsAndNamesAddNoSeries() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            send(client, IntStream.range(0, AT_ONCE));
            List<String> before = series();
            for (int from = AT_ONCE; from < 10_000; from += AT_ONCE) {
                send(client, IntStream.range(from, from + AT_ONCE));
            }
            assertEquals(before, series());
        }
    }

    @Test
    void ofACallerThatLeavesBeforeTheAnswerKnowsTheRoutesOnly() {
        var metrics = new SimpleMeterRegistry();
        metrics.config().meterFilter(new RouteLabels());
        metrics.timer("http.server.requests", "method", "GET", "uri", "/made/up", "status", "RESET");
        assertTrue(metrics.getMeters().isEmpty());
    }

    @Test
    void bucketsOfRequestsHaveTracesAsExemplars() {
        given().get("/things/1");
        assertTrue(
                metrics(OPEN_METRICS)
                        .lines()
                        .anyMatch(line -> line.startsWith("http_server_requests_seconds_bucket")
                                && line.matches(".*# \\{span_id=\"[0-9a-f]{16}\",trace_id=\"[0-9a-f]{32}\"}.*")),
                metrics(OPEN_METRICS));
    }

    @Test
    void whatNobodyLooksAtIsLeftOut() {
        assertTrue(metrics("text/plain").contains("jvm_memory_used_bytes"));
        assertTrue(Stream.of("netty_allocator", "jvm_classes", "http_server_bytes")
                .noneMatch(metrics("text/plain")::contains));
    }

    /** Of each number: an id, a name in the query, a path and a method that nobody else has used. */
    private void send(HttpClient client, IntStream numbers) {
        CompletableFuture.allOf(numbers.mapToObj(number -> Stream.of(
                                        request("GET", "/things/" + (1_000 + number) + "?name" + number + "=" + number),
                                        request("MADEUP" + number, number % 2 == 0 ? "/things/1" : "/things"),
                                        request("GET", "/made-up-" + number + "/{id}"))
                                .map(request -> client.sendAsync(request, BodyHandlers.discarding())))
                        .flatMap(answers -> answers)
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private HttpRequest request(String method, String target) {
        return HttpRequest.newBuilder(
                        URI.create(address.resolve("/") + target.substring(1).replace("{id}", "%7Bid%7D")))
                .method(method, BodyPublishers.noBody())
                .build();
    }

    /** The names and labels. */
    private static List<String> series() {
        return metrics("text/plain")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .filter(line -> line.startsWith("http_")) // a collection of garbage may come in between
                .sorted()
                .toList();
    }

    private static String metrics(String type) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().port(port).header("Accept", type).get("/q/metrics").asString();
    }
}
