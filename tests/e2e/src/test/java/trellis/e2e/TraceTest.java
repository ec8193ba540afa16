package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@ExtendWith(LandscapeResolver.class)
class TraceTest {
    private final LiveLandscape landscape;
    private final Api api;

    TraceTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void oneTraceGoesThroughTheLogsOfAllServices() {
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String trace = HexFormat.of().formatHex(random);
        api.put(Api.newId(), Pages.named("Kettle"), "traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .requireStatus(202);
        for (String service : LiveLandscape.SERVICES) {
            await(service + " logs the trace").atMost(20, SECONDS).until(() -> landscape.log(service).stream()
                    .anyMatch(line -> line.contains("\"traceId\":\"" + trace + "\"")));
        }
    }

    @Test
    void aProblemHasItsTraceId() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Response problem = api.page(13, "traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .requireProblem(404);
        assertEquals(trace, problem.json().path("traceId").asText());
    }

    @ParameterizedTest
    @FieldSource("trellis.e2e.LiveLandscape#SERVICES")
    void everyLineIsJsonAndNamesItsService(String service) throws Exception {
        api.page(13);
        assertFalse(landscape.log(service).isEmpty());
        for (String line : landscape.log(service)) {
            assertEquals(
                    service, new ObjectMapper().readTree(line).path("service").asText(), line);
        }
    }
}
