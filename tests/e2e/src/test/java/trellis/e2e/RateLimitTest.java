package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a limit that a few clients reach: a token every second, and ten after a rest. */
@ClusterTest
class RateLimitTest {
    private static final int BURST = 10;
    private static final int CLIENTS = 50;

    /** What may be let through while the fifty are on their way. */
    private static final int REFILLED = 10;

    private final ClusterLandscape landscape;
    private final Api anybody;
    private final long there;

    RateLimitTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        anybody = new Api(landscape::address, Optional::empty);
        there = new Api(landscape::address, () -> Optional.of(newClient())).newPage();
        landscape
                .installation()
                .upgrade("mesh.gateway.rateLimit.requestsPerSecond=1", "mesh.gateway.rateLimit.burst=" + BURST);
        await("the lower limit").atMost(60, SECONDS).until(this::holdsUp);
    }

    /** The tests that come next are one client. */
    @AfterEach
    void awaitTheUsualLimit() {
        landscape.installation().restore();
        await("the usual limit").atMost(60, SECONDS).until(() -> !holdsUp());
    }

    @Test
    void aClientThatCallsTooOftenIsToldToWaitAndOthersAreNot() {
        String eager = newClient();
        List<Response> responses = atOnce(number -> read(eager));
        long served = count(200, responses);
        assertTrue(served >= BURST && served <= BURST + REFILLED, () -> served + " were served");
        responses.stream().filter(each -> each.status() != 200).forEach(RateLimitTest::requireToldToWait);
        read(newClient()).requireStatus(200);

        await("the end of the wait").atMost(10, SECONDS).until(() -> read(eager).status() == 200);
    }

    @Test
    void aClientIsTheSameByWhateverToken() {
        String name = UUID.randomUUID().toString();
        List<Response> responses = atOnce(number -> read(Issuer.OF_THE_TESTS
                .token(Issuer.READ)
                .with("azp", name)
                .with("sub", "user " + number)
                .with("jti", "" + number)
                .signed()));
        assertTrue(count(200, responses) <= BURST + REFILLED, responses::toString);
    }

    @Test
    void withoutATokenAClientIsItsAddressWhateverItSays() {
        List<Response> responses = atOnce(number -> anybody.get("/openapi", "X-Forwarded-For", "203.0.113." + number));
        assertTrue(count(200, responses) <= BURST + REFILLED, responses::toString);
        responses.stream().filter(each -> each.status() != 200).forEach(RateLimitTest::requireToldToWait);
        requireToldToWait(
                anybody.get("/openapi", "X-Trellis-Client", UUID.randomUUID().toString()));
        read(newClient()).requireStatus(200);
    }

    private boolean holdsUp() {
        String client = newClient();
        return count(429, atOnce(number -> read(client))) > 0;
    }

    private static void requireToldToWait(Response response) {
        response.requireProblemOfTheGateway(429);
        assertTrue(response.header("Retry-After").matches("[1-9]\\d*"), response.headers()::toString);
    }

    private Response read(String token) {
        return anybody.page(there, "Authorization", "Bearer " + token);
    }

    /** The token of a client that has not called yet. */
    private static String newClient() {
        return Issuer.OF_THE_TESTS
                .token(Issuer.READ, Issuer.WRITE)
                .with("azp", UUID.randomUUID().toString())
                .signed();
    }

    private static long count(int status, List<Response> responses) {
        return responses.stream().filter(each -> each.status() == status).count();
    }

    private static List<Response> atOnce(IntFunction<Response> request) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Response>> calls = IntStream.range(0, CLIENTS)
                    .<Callable<Response>>mapToObj(number -> () -> request.apply(number))
                    .toList();
            return threads.invokeAll(calls).stream()
                    .map(RateLimitTest::resultOf)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Response resultOf(Future<Response> call) {
        try {
            return call.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
