package trellis.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * An HTTP client that waits for slow services: after a 503 or a timeout it retries, as Retry-After says, until it
 * gets another response. Only for requests that are safe to repeat.
 */
public final class RetryingClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration UNLESS_TOLD = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Consumer<String> progress;
    private final Duration timeout;

    /** @param progress receives messages on what is being waited for and for how long */
    public RetryingClient(Consumer<String> progress) {
        this(progress, TIMEOUT);
    }

    RetryingClient(Consumer<String> progress, Duration timeout) {
        this.progress = progress;
        this.timeout = timeout;
    }

    /** @throws IllegalStateException if the status is neither expected nor 503, or if there is no connection */
    public HttpResponse<String> send(HttpRequest.Builder asked, int... expected) throws InterruptedException {
        HttpRequest request = asked.timeout(timeout).build();
        String name = request.method() + " " + request.uri();
        var waiting = WaitProgress.reportedAtOnce(name + " to succeed", progress);
        while (true) {
            try {
                HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
                int status = answer.statusCode();
                if (Arrays.stream(expected).anyMatch(one -> one == status)) {
                    return answer;
                }
                if (status != 503) {
                    throw new IllegalStateException(name + " returned " + status + ": " + answer.body());
                }
                waiting.pause(retryAfter(answer));
            } catch (HttpTimeoutException e) {
                waiting.pause(UNLESS_TOLD);
            } catch (IOException e) {
                throw new IllegalStateException(name + " failed: " + e, e);
            }
        }
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(UNLESS_TOLD);
    }
}
