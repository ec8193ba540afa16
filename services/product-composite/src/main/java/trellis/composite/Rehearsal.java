package trellis.composite;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.vertx.http.HttpServer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * An instance has started once it has answered itself: its first answers cost a JVM far more than later ones, and where
 * the CPU is short, more than a caller would wait. What it answers is no matter, so that nothing that is away keeps it from starting.
 */
@Startup
@ApplicationScoped
class Rehearsal implements HealthCheck {

    private static final int READS = 100;

    /** This service, as its callers see it. */
    @Path("/v1/product-composites/1")
    interface Self {

        @GET
        Uni<byte[]> read();

        @PUT
        @Consumes(MediaType.APPLICATION_JSON)
        Uni<Void> write(String page);
    }

    private final HttpServer server;
    private final UpdateLog updates;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean over;

    Rehearsal(HttpServer server, UpdateLog updates) {
        this.server = server;
        this.updates = updates;
    }

    @Override
    public HealthCheckResponse call() {
        if (begun.compareAndSet(false, true)) {
            rehearse().subscribe().with(done -> over = true);
        }
        return HealthCheckResponse.named("Rehearsal").status(over).build();
    }

    private Uni<Void> rehearse() {
        Self self = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create("http://127.0.0.1:" + server.getPort()))
                .build(Self.class);
        return Multi.createBy()
                .repeating()
                .uni(() -> whatever(self.read()))
                .atMost(READS)
                .onItem()
                .ignoreAsUni()
                .chain(() -> whatever(self.write("{}"))) // which is no page
                .chain(() -> whatever(updates.reach()));
    }

    private static Uni<Void> whatever(Uni<?> answer) {
        return answer.replaceWithVoid().onFailure().recoverWithNull();
    }
}
