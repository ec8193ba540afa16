package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@ExtendWith(LandscapeResolver.class)
class LifecycleTest {
    private final LiveLandscape landscape;
    private final Api api;

    LifecycleTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void aServiceThatIsStoppedFinishesRunningRequests() throws IOException {
        List<Long> ids = new ArrayList<>();
        List<SlowPut> running = new ArrayList<>();
        try (var reader = new RepeatedRead(() -> api.page(13))) {
            for (int i = 0; i < 20; i++) {
                ids.add(Api.newId());
                running.add(new SlowPut(landscape, ids.getLast(), Pages.named("Kettle")));
            }
            reader.awaitMore(20);
            var stopped = CompletableFuture.runAsync(() -> landscape.stop("product-composite"));
            await().atMost(10, SECONDS).until(() -> !ready("product-composite"));
            for (SlowPut put : running) {
                String response = put.finish();
                assertTrue(response.startsWith("HTTP/1.1 202"), "A running request was lost: " + response);
            }
            await().atMost(30, SECONDS).until(stopped::isDone);
        }
        landscape.start("product-composite");
        for (long id : ids) {
            await().atMost(30, SECONDS).until(() -> status(id) == 200);
        }
    }

    @ParameterizedTest
    @FieldSource("trellis.local.Services#CORE")
    void aServiceStartedWithoutItsDatabaseBecomesReadyOnceThatIsUp(String service) {
        landscape.stop(service);
        landscape.kill(service + "-db");
        landscape.start(service);
        await().atMost(60, SECONDS).until(() -> alive(service));
        assertTrue(!ready(service), "It is not ready before it has reached its database");

        landscape.start(service + "-db");
        await().atMost(30, SECONDS).until(() -> ready(service));
        long productId = Api.newId();
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(30, SECONDS).until(() -> status(productId) == 200);
    }

    @Test
    void aServiceStartedWithoutTheBrokerServesReadsAndAppliesUpdatesOnceThatIsUp() {
        landscape.stop("product");
        landscape.kill("kafka");
        landscape.start("product");
        await().atMost(60, SECONDS).until(() -> ready("product"));
        api.get(landscape.address("product").resolve("/v1/products/13")).requireProblem(404);

        landscape.start("kafka");
        long productId = Api.newId();
        await().atMost(30, SECONDS)
                .until(() -> api.put(productId, Pages.named("Kettle")).status() == 202);
        await().atMost(60, SECONDS).until(() -> status(productId) == 200);
    }

    private int status(long productId) {
        try {
            return api.page(productId).status();
        } catch (RuntimeException e) {
            return -1; // no connection yet
        }
    }

    private boolean ready(String service) {
        return health(service, "ready");
    }

    private boolean alive(String service) {
        return health(service, "live");
    }

    private boolean health(String service, String kind) {
        try {
            return api.get(landscape.management(service).resolve("/q/health/" + kind))
                            .status()
                    == 200;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
