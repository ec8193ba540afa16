package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@ExtendWith(LandscapeResolver.class)
class DocumentsTest {
    private final LiveLandscape landscape;
    private final Api api;

    DocumentsTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @ParameterizedTest
    @FieldSource("trellis.e2e.LiveLandscape#SERVICES")
    void everyServiceServesItsContract(String service) {
        String contract = api.get(landscape.address(service).resolve("/openapi"))
                .requireStatus(200)
                .body();
        assertTrue(contract.contains("openapi:") && contract.contains("/v1/"), contract);
    }

    @ParameterizedTest
    @FieldSource("trellis.e2e.LiveLandscape#SERVICES")
    void everyServiceServesSwaggerUi(String service) {
        String page = api.get(landscape.address(service).resolve("/swagger-ui/"))
                .requireStatus(200)
                .body();
        assertTrue(page.contains("swagger-ui"), page);
    }

    @ParameterizedTest
    @FieldSource("trellis.e2e.LiveLandscape#SERVICES")
    void healthAndMetricsAreOnAPortOfTheirOwn(String service) {
        var management = landscape.management(service);
        for (String path : new String[] {"/q/health/live", "/q/health/ready", "/q/metrics"}) {
            api.get(management.resolve(path)).requireStatus(200);
        }
        URI started = management.resolve(
                "/q/health/started"); // before the first startup probe it has not started; locally nothing has sent one
        // yet
        await().atMost(20, SECONDS).until(() -> api.get(started).status() == 200);
        api.get(landscape.address(service).resolve("/q/metrics")).requireStatus(404);
    }
}
