package trellis.bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import trellis.local.Landscape;
import trellis.local.RetryingClient;
import trellis.local.WaitProgress;

/** The page that is read: three recommendations and three reviews. */
final class WrittenPage {
    private static final String PAGE = """
            {"name": "Trellis, cedar, 2 m", "weight": 4200,
             "recommendations": [
              {"recommendationId": 1, "author": "Ada", "rate": 90, "content": "Carries three vines and has not moved."},
              {"recommendationId": 2, "author": "Grace", "rate": 75, "content": "Good wood, screws included."},
              {"recommendationId": 3, "author": "Alan", "rate": 60, "content": "Better put up by two."}],
             "reviews": [
              {"reviewId": 1, "author": "Barbara", "subject": "Sturdy", "content": "Stood through two winters."},
              {"reviewId": 2, "author": "Edsger", "subject": "Simple", "content": "Nothing on it could be left out."},
              {"reviewId": 3, "author": "Tony", "subject": "As described", "content": "No part was missing."}]}
            """;

    static final String PATH = "/v1/product-composites/1";

    private WrittenPage() {}

    static void write(Landscape landscape) throws InterruptedException {
        write(HttpRequest.newBuilder(landscape.address("product-composite").resolve(PATH)));
    }

    /**
     * Returns once all of it can be read.
     *
     * @param request to the page, perhaps with a token
     */
    static void write(HttpRequest.Builder request) throws InterruptedException {
        URI page = request.build().uri();
        var http = new RetryingClient(System.err::println);
        http.send(request.copy().header("Content-Type", "application/json").PUT(BodyPublishers.ofString(PAGE)), 202);
        var waiting = WaitProgress.reportedLater(page + " to be served as written", System.err::println);
        while (!isWritten(http.send(request.copy().GET(), 200, 404).body())) {
            waiting.pause(Duration.ofMillis(50));
        }
    }

    /** Whether no part of a page is missing, or from the cache of those seen last. */
    static boolean isWhole(String page) {
        return page.contains("\"missing\":[]") && !page.contains("\"remembered\":{");
    }

    private static boolean isWritten(String page) {
        return page.contains("\"Ada\"") && page.contains("\"Tony\"") && page.contains("cedar");
    }
}
