package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trellis.local.Services;

/** {@code make run} itself. */
@Tag("processes")
@Timeout(value = 20, unit = MINUTES)
class RunTest {
    /** The services, the databases of some of them, and a broker. */
    private static final int PROCESSES = Services.ALL.size() + Services.CORE.size() + 1;

    @Test
    void servesTheExampleProductsTrainsForTheNextStartAndLeavesNoProcessWhenStopped(@TempDir Path folder)
            throws Exception {
        Path data = folder.resolve("data");
        try (var run = new LocalRun(Command.repository(), data)) {
            run.awaitUp();
            await("a complete page").atMost(1, MINUTES).until(() -> isPageWhole(run));
            assertTrue(run.running().size() > PROCESSES, () -> "It runs all of them: " + run.running());
            run.awaitTrained();
            run.stop();
            assertEquals(List.of(), run.running());
        }
        try (var next = new LocalRun(Command.repository(), data)) {
            next.awaitUp();
            for (String service : Services.ALL) {
                String metrics = next.getFromManagement(service, "/q/metrics").body();
                assertTrue(metrics.contains("jvm_aot_cache_used 1.0"), () -> service + " uses its AOT cache");
            }
            next.stop();
            assertEquals(List.of(), next.running());
        }
    }

    private static boolean isPageWhole(LocalRun run) throws IOException, InterruptedException {
        HttpResponse<String> page = run.get(Services.COMPOSITE, "/v1/product-composites/1");
        return page.statusCode() == 200
                && !new ObjectMapper().readTree(page.body()).path("reviews").isEmpty();
    }
}
