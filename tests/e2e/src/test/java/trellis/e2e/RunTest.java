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
@Timeout(value = 10, unit = MINUTES)
class RunTest {
    /** The services, the databases of some of them, and a broker. */
    private static final int PROCESSES = Services.ALL.size() + Services.CORE.size() + 1;

    @Test
    void servesTheExampleProductsAndLeavesNoProcessWhenStopped(@TempDir Path folder) throws Exception {
        try (var run = new LocalRun(Command.repository(), folder.resolve("data"))) {
            run.awaitUp();
            await("a complete page").atMost(1, MINUTES).until(() -> isPageWhole(run));
            assertTrue(run.running().size() > PROCESSES, () -> "It runs all of them: " + run.running());
            run.stop();
            assertEquals(List.of(), run.running());
        }
    }

    private static boolean isPageWhole(LocalRun run) throws IOException, InterruptedException {
        HttpResponse<String> page = run.get(Services.COMPOSITE, "/v1/product-composites/1");
        return page.statusCode() == 200
                && !new ObjectMapper().readTree(page.body()).path("reviews").isEmpty();
    }
}
