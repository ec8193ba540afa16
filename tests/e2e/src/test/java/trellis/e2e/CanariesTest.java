package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import trellis.local.Services;

/** What a caller sends may be a name, a token or an address: whatever it is, no signal repeats it. */
@Tag("processes")
@ExtendWith(LandscapeResolver.class)
class CanariesTest {
    /** Of a line of the log; a collector cuts it at a longer one. */
    private static final int LONGEST_LINE = 32 * 1024;

    private final ProcessLandscape landscape;
    private final Api api;
    private final Log updates;

    /** Not in any field that a caller fills by the rules, and in all others. */
    private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");

    CanariesTest(LiveLandscape landscape) {
        this.landscape = (ProcessLandscape) landscape;
        api = new Api(landscape);
        updates = new Log(landscape);
    }

    @Test
    void inEachPartOfARequestAreInNoSignal() throws IOException {
        for (String service : LiveLandscape.SERVICES) {
            URI address = landscape.address(service);
            String resource = service.equals("product-composite") ? "/v1/product-composites" : "/v1/" + service + "s";
            for (String target : targets(resource)) {
                send(address, "GET", target, "", "");
                send(address, "PUT", target, "Content-Type: application/json\r\n", page(canary));
            }
            for (String header : headers()) {
                send(address, "GET", resource + "/1?productId=1", header, "");
                send(address, "PUT", resource + "/1", "Content-Type: application/json\r\n" + header, page(canary));
            }
            for (String body : bodies()) {
                send(address, "PUT", resource + "/1", "Content-Type: application/json\r\n", body);
            }
            for (String method : List.of(canary, "POST", "DELETE", "TRACE")) {
                send(address, method, resource + "/" + Api.newId(), "Content-Type: text/" + canary + "\r\n", canary);
            }
        }
        requireNoSignal();
    }

    @Test
    void inEachPartOfARecordAreInNoSignal() {
        Map<String, String> none = Map.of();
        long id = Api.newId();
        updates.append(Log.UPDATES, canary, "{}", none);
        for (String value : bodies()) {
            updates.append(Log.UPDATES, Long.toString(id), value, none);
            updates.append(
                    Log.UPDATES,
                    Long.toString(id),
                    value.replaceFirst("\\{", "{\"productId\": %d,".formatted(id)),
                    Map.of(canary, canary, "traceparent", canary, "tracestate", "a=" + canary, "ce_id", canary));
        }
        for (String service : Services.CORE) {
            updates.append(
                    Log.UPDATES + "." + service + ".replay",
                    Long.toString(id),
                    "{}",
                    Map.of("origin-offset", canary, "origin-partition", canary, "origin-timestamp", canary));
        }
        String last = "last" + canary;
        updates.append(Log.UPDATES, last, canary, none);
        for (String service : Services.CORE) {
            await(service).atMost(60, SECONDS).until(() -> !updates.of(Log.deadLetters(service), last)
                    .isEmpty());
        }
        requireNoSignal();
    }

    @Test
    void ofAWriteThatCannotBeStoredAreInNoSignal() {
        landscape.stop("kafka");
        api.put(Api.newId(), page(canary)).requireUnavailable();
        landscape.heal();
        requireNoSignal();
    }

    private void requireNoSignal() {
        Traceparent last = new Traceparent();
        api.page(1, "traceparent", last.sampled());
        await().atMost(20, SECONDS)
                .until(() -> !landscape.spans().of(last.trace()).isEmpty());
        List<String> found = new ArrayList<>();
        for (String service : LiveLandscape.SERVICES) {
            List<String> lines = landscape.log(service);
            lines.stream().filter(line -> line.contains(canary)).forEach(found::add);
            assertTrue(lines.stream().allMatch(line -> line.length() < LONGEST_LINE), service);
            api.metrics(landscape.management(service))
                    .text()
                    .lines()
                    .filter(line -> line.contains(canary))
                    .forEach(found::add);
        }
        landscape.spans().all().stream()
                .map(Spans.Received::toString)
                .filter(span -> span.contains(canary))
                .forEach(found::add);
        assertEquals(List.of(), found.stream().distinct().limit(20).toList());
    }

    private List<String> targets(String resource) {
        return List.of(
                "/" + canary,
                resource + "/" + canary,
                resource + "/1/" + canary,
                resource + "/%zz" + canary,
                resource + "/" + canary + "|",
                canary,
                resource + "?limit=" + canary,
                resource + "?limit=1&limit=" + canary,
                resource + "?" + canary + "=1",
                resource + "?" + canary,
                resource + "?productId=" + canary,
                resource + "?productId=1&after=1&email=" + canary + "@example.org",
                resource + "?%zz" + canary,
                resource + "?x=" + canary + "a".repeat(10_000));
    }

    private List<String> headers() {
        return List.of(
                        "User-Agent: %s",
                        "Authorization: Bearer %s",
                        "Cookie: session=%s",
                        "Referer: https://%s.example",
                        "X-Forwarded-For: %s",
                        "Forwarded: for=%s;host=%s",
                        "X-Forwarded-Host: %s",
                        "X-Request-Id: %s",
                        "Origin: https://%s.example",
                        "Accept: text/%s",
                        "Content-Encoding: %s",
                        "If-Match: \"%s\"",
                        "If-Unmodified-Since: %s",
                        "Content-Length: %s",
                        "Transfer-Encoding: %s",
                        "Expect: %s",
                        "Host: %s.example",
                        "Host: %s a",
                        "baggage: user=%s",
                        "traceparent: %s",
                        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=%s",
                        "%s: %s",
                        "%s",
                        "X-Long: " + "%s".repeat(900))
                .stream()
                .map(header -> header.replace("%s", canary) + "\r\n")
                .toList();
    }

    private List<String> bodies() {
        return List.of(
                canary,
                "\"" + canary + "\"",
                "[\"" + canary + "\"]",
                "{\"name\": " + canary,
                "{\"name\": \"" + canary + "\"} " + canary,
                "{\"" + canary + "\": 1}",
                "{\"name\": \"Kettle\", \"weight\": \"" + canary + "\", \"recommendations\": [], \"reviews\": []}",
                "{\"name\": [\"" + canary + "\"], \"weight\": 1, \"recommendations\": [], \"reviews\": []}",
                "{\"name\": \"" + canary + "\", \"name\": \"" + canary + "\", \"weight\": 1}",
                "{\"name\": \"" + canary + "\\u0000\", \"weight\": 1, \"recommendations\": [], \"reviews\": []}",
                page(canary.repeat(110)),
                page(canary.repeat(3_000)),
                page(canary).replace("50", "\"" + canary + "\""),
                page(canary).replace("50", "500"),
                page(canary));
    }

    /** Has the text in each field that may hold one. */
    private static String page(String text) {
        return """
                {"name": "%1$s", "weight": 7,
                 "recommendations": [{"recommendationId": 1, "author": "%1$s", "rate": 50, "content": "%1$s"}],
                 "reviews": [{"reviewId": 1, "author": "%1$s", "subject": "%1$s", "content": "%1$s"}]}""".formatted(text);
    }

    private static void send(URI service, String method, String target, String headers, String body)
            throws IOException {
        String host = headers.startsWith("Host:") ? "" : "Host: " + service.getAuthority() + "\r\n";
        String length = headers.contains("Content-Length:") || headers.contains("Transfer-Encoding:")
                ? ""
                : "Content-Length: " + body.length() + "\r\n";
        String head =
                "%s %s HTTP/1.1\r\n%sConnection: close\r\n%s%s\r\n".formatted(method, target, host, headers, length);
        try {
            RawHttpClient.send(service, head, body.getBytes(UTF_8));
        } catch (IOException e) {
            // refused by closing the connection
        }
    }
}
