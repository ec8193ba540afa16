package trellis.local.patterns;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import trellis.local.signals.TraceId;

/**
 * The page that the patterns read, written by this run.
 *
 * @param trace of the request that wrote it
 * @param accepted how long that was answered after
 * @param seen how long after that it was served with all its parts
 */
record Page(long productId, TraceId trace, Duration accepted, Duration seen) {
    /** The rates of its recommendations, in percent. */
    static final int LOW = 60;

    static final int HIGH = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @throws IllegalStateException if the API does not answer, or the page is not accepted, or never seen */
    static Page write(Api api, Undo undo) {
        awaitAnswer(api);
        long productId = System.currentTimeMillis();
        undo.add("the page " + productId + " is to be deleted", () -> delete(api, productId));
        Answer answer = accepted(api, productId);
        Duration seen = Waiting.until("the written page", PATIENCE, () -> {
            Answer page = api.page(productId);
            return page.isWhole()
                    && page.json().path("recommendations").size() == 2
                    && page.json().path("reviews").size() == 1;
        });
        return new Page(productId, TraceId.of(answer.trace()), answer.took(), seen);
    }

    /** A 503 is to be tried again. */
    private static Answer accepted(Api api, long productId) {
        AtomicReference<Answer> last = new AtomicReference<>();
        Waiting.upTo(PATIENCE, () -> {
            last.set(api.put(productId, text()));
            return last.get().status() != 503;
        });
        if (last.get().status() != 202) {
            throw new IllegalStateException(
                    "A page can't be written: " + last.get().inWords());
        }
        return last.get();
    }

    /** A gateway may not know the key of a token's issuer yet that was just started. */
    private static void awaitAnswer(Api api) {
        AtomicReference<Answer> last = new AtomicReference<>();
        Waiting.upTo(PATIENCE, () -> {
                    last.set(api.get(Api.PAGES + "?limit=1"));
                    return last.get().status() == 200;
                })
                .orElseThrow(() -> new IllegalStateException(
                        "The API does not answer as it should: " + last.get().inWords()));
    }

    private static void delete(Api api, long productId) {
        Answer answer = api.delete(productId);
        if (answer.status() != 202) {
            throw new IllegalStateException(answer.inWords());
        }
        Waiting.until("the end of the page", PATIENCE, () -> api.page(productId).status() == 404);
    }

    private static String text() {
        return """
                {"name": "Written by make patterns", "weight": 7,
                 "recommendations": [{"recommendationId": 1, "author": "Ada", "rate": %d, "content": "Good"},
                                     {"recommendationId": 2, "author": "Eve", "rate": %d, "content": "Very good"}],
                 "reviews": [{"reviewId": 1, "author": "Bo", "subject": "Fine", "content": "It does what it should"}]}
                """.formatted(LOW, HIGH);
    }
}
