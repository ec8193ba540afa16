package trellis.e2e;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import trellis.e2e.ApiContract.Operation;

/** {@code -Dfuzz.requests} says how many: {@code 50000}, or {@code 90s}. */
@ExtendWith(LandscapeResolver.class)
@Tag("processes")
@Timeout(value = 2, unit = HOURS)
class GeneratedRequestsTest {
    private static final String FRONT = "product-composite";
    private static final int PRODUCTS = 300;
    private static final int INNER_ONE_IN = 6;
    private static final int MARKS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A circuit breaker stays open for ten seconds. */
    private static final Duration BREAKER_RECOVERY = Duration.ofSeconds(15);

    private static final int MOST_ASKED_AGAIN = 60;

    private int retries;

    private final RandomSource chance = RandomSource.ofThisRun("requests");
    private final GeneratedPages pages =
            new GeneratedPages(LongStream.generate(() -> chance.between(1L << 40, Long.MAX_VALUE))
                    .limit(PRODUCTS)
                    .boxed()
                    .toList());
    private final ValidRequests valid = new ValidRequests(chance, pages);
    private final BrokenRequests broken = new BrokenRequests(chance);
    private final Violations violations = new Violations();
    private final List<ApiContract> contracts =
            LiveLandscape.SERVICES.stream().map(ApiContract::new).toList();
    private final Operation page = operations(true).stream()
            .filter(operation -> operation.toString().equals("GET /v1/product-composites/{productId}"))
            .findFirst()
            .orElseThrow();
    private final ResponseCheck check = new ResponseCheck(contracts, pages, violations);
    private final LiveLandscape landscape;
    private final Api api;

    GeneratedRequestsTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void validRequestsSucceedAndInvalidOnesAreRefusedAndChangeNothing() {
        RunLength length = RunLength.of("fuzz.requests", "90s");
        List<Operation> front = operations(true);
        List<Operation> inner = operations(false);
        while (length.another()) {
            RequestDraft draft = valid.of(chance.oneOf(chance.oneIn(INNER_ONE_IN) ? inner : front));
            int flaws = chance.oneOf(0, 0, 0, 1, 1, 1, 1, 2, 3);
            for (int i = 0; i < flaws; i++) {
                broken.breakOne(draft);
            }
            send(draft);
        }
        System.out.printf("requests: %s, retries: %d%n", length, retries);
        assertTrue(retries <= MOST_ASKED_AGAIN, retries + " responses were late");
        requireTheFinalState();
        violations.requireNone();
    }

    /** Operations with a body are repeated, since most can be broken there. */
    private List<Operation> operations(boolean ofTheFront) {
        return contracts.stream()
                .flatMap(contract -> contract.operations().stream())
                .filter(operation -> operation.service().equals(FRONT) == ofTheFront)
                .flatMap(operation -> Collections.nCopies(operation.body().isMissingNode() ? 1 : 3, operation).stream())
                .toList();
    }

    private void send(RequestDraft draft) {
        try {
            Response response = sendWithRetries(draft);
            check.check(draft, response);
            if (check.accepted(draft, response)) {
                awaitShown(draft.productId, draft.kind());
            }
        } catch (IOException e) {
            violations.add(draft.kind() + " has no response", draft + " " + e);
        }
    }

    /**
     * Retries when a neighbour was too slow, as the contract asks; the end of the test limits how often that may
     * happen.
     */
    private Response sendWithRetries(RequestDraft draft) throws IOException {
        URI service = landscape.address(draft.operation.service());
        Response first = RawHttpClient.send(service, draft);
        if (!isDueToASlowMachine(first)) {
            return first;
        }
        try {
            return await().pollInterval(Duration.ofSeconds(1))
                    .atMost(BREAKER_RECOVERY)
                    .until(
                            () -> {
                                retries++;
                                return RawHttpClient.send(service, draft);
                            },
                            again -> !isDueToASlowMachine(again));
        } catch (ConditionTimeoutException e) {
            return first;
        }
    }

    private static boolean isDueToASlowMachine(Response response) {
        return response.status() == 503 && !response.header("Retry-After").isEmpty()
                || response.status() == 200
                        && response.body().startsWith("{\"productId\"")
                        && response.body().contains("\"missing\"")
                        && !response.isWhole();
    }

    private void awaitShown(long productId, String after) {
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> isShown(productId));
        } catch (ConditionTimeoutException e) {
            violations.add("the page is not as it was written by " + after, difference(productId));
            pages.forget(productId);
        }
    }

    private boolean isShown(long productId) {
        return pages.isShownBy(api.page(productId), productId, page.fields());
    }

    private String difference(long productId) {
        return "%s instead of %s".formatted(api.page(productId).body(), pages.expected(productId));
    }

    /**
     * Once a new page is served, all earlier writes to its partition have been applied; there are enough new pages to
     * cover every partition.
     */
    private void requireTheFinalState() {
        List<Long> marks = new ArrayList<>();
        for (int i = 0; i < MARKS; i++) {
            marks.add(api.newPage());
        }
        for (long productId : pages.products()) {
            if (!isShown(productId)) {
                violations.add("a page has changed silently", productId + ": " + difference(productId));
            }
        }
        marks.forEach(api::delete);
        pages.products().forEach(api::delete);
    }
}
