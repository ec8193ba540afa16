package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trellis.local.Services;

/**
 * Fills every field that a caller can fill with texts that occur nowhere else, and looks for them in all that was
 * collected since: whatever a user sends may be personal or secret.
 */
@ClusterTest
@Tag("signals")
class CanaryTest {
    private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
    private final Instant began = Instant.now();
    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Api api;
    private final ShellPods shells;
    private final List<String> traces = new ArrayList<>();

    CanaryTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        api = new Api(landscape);
        shells = new ShellPods(landscape.cluster(), landscape.shellImage());
    }

    @AfterEach
    void deletePods() {
        shells.close();
    }

    @Test
    void nothingThatACallerHasSentIsInAnyRecordOrSpan() {
        long there = api.newPage();
        String[] headers = """
                User-Agent: %1$s
                Referer: https://%1$s.test/
                Cookie: session=%1$s
                X-Request-Id: %1$s
                X-Forwarded-For: %1$s
                X-Forwarded-Host: %1$s
                Forwarded: for=%1$s
                X-Api-Key: %1$s
                Accept-Language: %1$s
                tracestate: vendor=%1$s
                baggage: user=%1$s
                """.formatted(canary)
                .lines()
                .flatMap(line -> Stream.of(line.split(": ")))
                .toArray(String[]::new);
        String tokenWithCanary = Issuer.OF_THE_TESTS
                .token(Issuer.READ, Issuer.WRITE)
                .with("sub", canary)
                .with("azp", canary)
                .with("email", canary + "@example.org")
                .signed();
        var known = new Api(landscape::address, () -> Optional.of(tokenWithCanary));
        var unknown = new Api(landscape::address, () -> Optional.of(canary));
        var anybody = new Api(landscape::address, Optional::empty);

        for (Api each : List.of(known, unknown, anybody)) {
            for (String path : List.of(
                    Api.PAGES + "/" + there,
                    Api.PAGES + "/" + there + "?name=" + canary + "&access_token=" + canary,
                    Api.PAGES + "/" + canary,
                    Api.PAGES + "?after=" + canary,
                    "/" + canary + "/1")) {
                keep(each.get(path, headers));
            }
        }
        keep(known.get(Api.PAGES + "/" + there, "Accept", "text/" + canary));
        keep(known.post(Api.PAGES + "/" + there, canary, headers));
        keep(known.put(there, Pages.named(canary), headers).requireStatus(202));
        keep(known.put(there, Pages.page("\"" + canary + "\"", "1000")).requireStatus(422));
        keep(known.put(there, Pages.page("\"" + canary + "\"", "\"" + canary + "\""))
                .requireStatus(400));
        keep(known.put(there, "{\"" + canary + "\": 1}").requireStatus(400));
        keep(known.put(there, canary).requireStatus(400));
        keep(known.put(there, Pages.named("Pot"), "Content-Type", "text/" + canary));
        keep(known.delete(there, "If-Match", "\"" + canary + "\""));
        sendOverTheLog();

        shells.start("canary", "echo " + canary); // so that the search is known to find what is there
        await("the canary of a pod").atMost(40, SECONDS).until(() -> !recordsWithCanary()
                .isEmpty());
        awaitWhatCameBefore();

        assertEquals(
                List.of("canary"),
                recordsWithCanary().stream()
                        .map(record -> isOfTheShell(record) ? "canary" : record.toString())
                        .toList());
        for (String id : traces) {
            assertFalse(signals.traces().of(id).spans().isEmpty(), () -> "Nothing of " + id);
            String found = signals.traces().text(id);
            assertFalse(found.contains(canary), found);
        }
        assertEquals(
                List.of(),
                signals.series().matching("{__name__!=\"\"}").stream()
                        .filter(sample -> sample.labels().toString().contains(canary))
                        .toList());
    }

    /** Each service, proxy and agent sends in the order in which it has made spans and read lines. */
    private void awaitWhatCameBefore() {
        String last =
                api.put(Api.newId(), Pages.named("Kettle")).requireStatus(202).traceId();
        signals.traces().awaited(last, trace -> {
            trace.one("span of the gateway", span -> span.service().startsWith("edge"));
            LiveLandscape.SERVICES.forEach(service ->
                    trace.one("span of " + service, span -> span.service().equals(service)));
        });
        await("the last lines").atMost(20, SECONDS).until(() -> signals.logs().ofTrace(last).stream()
                .map(record -> record.path(Logs.SERVICE).asText())
                .collect(Collectors.toSet())
                .containsAll(LiveLandscape.SERVICES));
    }

    /** Records that end as dead letters, and as failures to read one. */
    private void sendOverTheLog() {
        String id = "%032x".formatted(Api.newId());
        Map<String, String> headers = Map.of("traceparent", "00-" + id + "-00f067aa0ba902b7-01", "user", canary);
        var log = new Log(landscape);
        String key = Long.toString(Api.newId());
        log.append(Log.UPDATES, key, canary, headers);
        log.append(Log.UPDATES, key, "{\"" + canary + "\": true}", headers);
        log.append(Log.UPDATES, key, Pages.page("\"" + canary + "\"", "1000"), headers);
        log.append(Log.UPDATES, canary, Pages.state(1, canary), headers);
        signals.traces()
                .awaited(
                        id,
                        trace -> Services.CORE.forEach(reader -> trace.one(
                                "dead letter of " + reader,
                                span -> span.service().equals(reader)
                                        && span.name().equals("dead letter"))));
        traces.add(id);
    }

    private void keep(Response response) {
        traces.add(response.traceId());
    }

    private static boolean isOfTheShell(JsonNode record) {
        return record.path(Logs.CONTAINER).asText().equals("shell");
    }

    /** Those of the landscape since the beginning: the search is done here, since the backend's has no word for any field. */
    private List<JsonNode> recordsWithCanary() {
        return signals
                .logs()
                .matching(Logs.with(Logs.NAMESPACE, landscape.cluster().namespace()) + " _time:>=" + began)
                .stream()
                .filter(record -> record.toString().contains(canary))
                .toList();
    }
}
