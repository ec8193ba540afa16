package trellis.chassis.log;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
class CallerDisconnectTest {

    private static final int CONNECTIONS = 10;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 50, 150})
    void leaksNoConnection(int milliseconds) {
        for (int round = 0; round < 3; round++) {
            CompletableFuture.allOf(IntStream.range(0, CONNECTIONS)
                            .mapToObj(i -> askAndGo(milliseconds))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> given().get("/notes/1").then().statusCode(404));
    }

    /** Loses its connection if it is cancelled, as code between Panache and the pool has done more than once. */
    private Uni<Void> fragileQuery() {
        return pool.getConnection()
                .chain(connection ->
                        connection.query("select pg_sleep(0.1)").execute().chain(connection::close));
    }

    /** As for a request: in a context of its own, and cancelled when the caller disconnects. */
    private CompletableFuture<Void> askAndGo(int milliseconds) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        Context request = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(request, true);
        request.runOnContext(begun -> {
            Cancellable answer = Store.read(this::fragileQuery).subscribe().with(done -> {}, unavailable -> {});
            vertx.setTimer(milliseconds + 1, time -> {
                answer.cancel();
                gone.complete(null);
            });
        });
        return gone;
    }
}
