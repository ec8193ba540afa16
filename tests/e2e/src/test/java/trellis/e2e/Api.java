package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Calls a landscape through its public API. */
final class Api {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .sslContext(Trust.CONTEXT)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)) // with 500 handshakes of TLS at once
            .build();

    /** Products that no other test uses, in this run or in an earlier one on the same data. */
    private static final AtomicLong NEXT = new AtomicLong(System.currentTimeMillis());

    private static final long PROBE = NEXT.getAndIncrement();
    static final String PAGES = "/v1/product-composites";

    /** What of the page for people is public. */
    static final List<String> PUBLIC_PAGE =
            List.of("/", "/page.json", "/page.css", "/page.js", "/api.js", "/sign-in.js", "/icon.svg");

    private final Supplier<URI> address;
    private final Supplier<Optional<String>> token;

    Api(LiveLandscape landscape) {
        this(landscape::address, landscape::token);
    }

    /**
     * @param address of the public API, asked for before each call
     * @param token for that address alone
     */
    Api(Supplier<URI> address, Supplier<Optional<String>> token) {
        this.address = address;
        this.token = token;
    }

    static long newId() {
        return NEXT.getAndIncrement();
    }

    /** Writes a new page, and returns its productId once the page is served with all its parts. */
    long newPage() {
        long productId = newId();
        put(productId, Pages.named("Kettle")).requireStatus(202);
        await().atMost(20, SECONDS).until(() -> isWhole(productId));
        return productId;
    }

    /** Whether the page is served with all its parts, none of them as last seen. */
    boolean isWhole(long productId) {
        Response page = page(productId);
        return page.isWhole()
                && !page.json().path("reviews").isEmpty()
                && !page.json().path("recommendations").isEmpty();
    }

    Response page(long productId, String... headers) {
        return get(PAGES + "/" + productId, headers);
    }

    Response pages(long after, int limit) {
        return get(PAGES + "?limit=" + limit + "&after=" + after);
    }

    Response put(long productId, String body, String... headers) {
        return put(Long.toString(productId), BodyPublishers.ofString(body), headers);
    }

    /** With {@code Content-Type: application/json} unless the headers set another. */
    Response put(String productId, BodyPublisher body, String... headers) {
        var request = request(PAGES + "/" + productId)
                .setHeader("Content-Type", "application/json")
                .PUT(body);
        return send(request, headers);
    }

    Response delete(long productId, String... headers) {
        return send(request(PAGES + "/" + productId).DELETE(), headers);
    }

    Response post(String path, String body, String... headers) {
        return send(request(path).POST(BodyPublishers.ofString(body)), headers);
    }

    /** Of type {@code application/x-www-form-urlencoded}. */
    Response postForm(String path, String body) {
        return post(path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    Response head(String path, String... headers) {
        return send(request(path).HEAD(), headers);
    }

    Response options(String path, String... headers) {
        return send(request(path).method("OPTIONS", BodyPublishers.noBody()), headers);
    }

    /** Without a body. */
    Response send(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    Response get(String path, String... headers) {
        return send(request(path), headers);
    }

    /** Calls any of the services, or its management port, without a token. */
    Response get(URI address, String... headers) {
        return send(HttpRequest.newBuilder(address), headers);
    }

    /** Whether reads, writes and the neighbours all work. */
    boolean works() {
        if (page(PROBE).status() == 404) {
            put(PROBE, Pages.named("probe"));
            return false;
        }
        Response page = page(PROBE);
        return page.status() == 200
                && page.missing().isEmpty()
                && !page.json().has("remembered")
                && pages(0, 1).status() == 200
                && put(PROBE, Pages.named("probe")).status() == 202;
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address.get().resolve(path));
        token.get().ifPresent(present -> request.setHeader("Authorization", "Bearer " + present));
        return request;
    }

    private static Response send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return Response.of(HTTP.send(request.timeout(Duration.ofSeconds(15)).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
