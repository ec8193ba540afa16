package trellis.chassis.http;

import io.quarkus.vertx.http.HttpServer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * Startup probe that succeeds once the instance has sent requests to itself: the first requests cost a JVM far more
 * than later ones and, on a busy CPU, would take longer than a caller waits. The status of the responses is ignored,
 * so an unavailable dependency does not prevent the start.
 */
@Startup
@ApplicationScoped
class WarmUp implements HealthCheck {

    /** Has the requests, and all that follows from them, leave no traces: W3C Trace Context, section 3.2.2.5. */
    private static final String UNSAMPLED = "00-00000000000000000000000000000001-0000000000000001-00";

    private final HttpServer server;
    private final HttpClient client;
    private final WarmUpConfig config;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean over;

    WarmUp(HttpServer server, Vertx vertx, WarmUpConfig config) {
        this.server = server;
        this.client = vertx.createHttpClient(new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE));
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        if (begun.compareAndSet(false, true)) {
            config.path()
                    .map(this::warmUp)
                    .orElse(Uni.createFrom().voidItem())
                    .subscribe()
                    .with(done -> over = true);
        }
        return HealthCheckResponse.named("warm-up").status(over).build();
    }

    private Uni<Void> warmUp(String path) {
        return Multi.createBy()
                .repeating()
                .uni(() -> ask(HttpMethod.GET, path, ""))
                .atMost(config.reads())
                .onItem()
                .ignoreAsUni()
                .chain(() -> ask(HttpMethod.PUT, path, "{}")); // an invalid body, so nothing is written
    }

    private Uni<Void> ask(HttpMethod method, String path, String body) {
        return client.request(method, server.getPort(), "127.0.0.1", path)
                .chain(request -> request.putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                        .putHeader("traceparent", UNSAMPLED)
                        .send(Buffer.buffer(body)))
                .chain(HttpClientResponse::end)
                .onFailure()
                .recoverWithNull();
    }
}
