package trellis.local.patterns;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/** Calls the landscape through its public API. */
final class Api {
    static final String PAGES = "/v1/product-composites";

    private final HttpClient http;
    private final URI address;
    private final Optional<String> host;
    private final Supplier<Optional<String>> token;

    private Api(HttpClient http, URI address, Optional<String> host, Supplier<Optional<String>> token) {
        this.http = http;
        this.address = address;
        this.host = host;
        this.token = token;
    }

    /** Through the gateway, whose host name need not resolve from here. */
    static Api through(Edge edge, Supplier<Optional<String>> token) {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(edge.host())));
        HttpClient http =
                client().sslContext(edge.trust()).sslParameters(parameters).build();
        return new Api(http, edge.address(), Optional.of(edge.host()), token);
    }

    /** Directly, where there is no gateway. */
    static Api at(URI address) {
        return new Api(client().build(), address, Optional.empty(), Optional::empty);
    }

    /** The same with another token. */
    Api with(Optional<String> other) {
        return new Api(http, address, host, () -> other);
    }

    /** The same at another address. */
    Api at(URI other, Optional<String> otherToken) {
        return new Api(http, other, host, () -> otherToken);
    }

    Answer page(long productId) {
        return get(PAGES + "/" + productId);
    }

    Answer get(String path) {
        return send(request(path));
    }

    Answer put(long productId, String page) {
        return send(request(PAGES + "/" + productId)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(page)));
    }

    Answer delete(long productId) {
        return send(request(PAGES + "/" + productId).DELETE());
    }

    /** So many requests at once. */
    List<Answer> pages(long productId, int count) {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, count)
                .mapToObj(i -> started(PAGES + "/" + productId))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Ends with an answer in any case. */
    CompletableFuture<Answer> started(String path) {
        return sent(request(path));
    }

    private Answer send(HttpRequest.Builder request) {
        return sent(request).join();
    }

    private CompletableFuture<Answer> sent(HttpRequest.Builder request) {
        long start = System.nanoTime();
        return http.sendAsync(request.timeout(Duration.ofSeconds(15)).build(), BodyHandlers.ofString())
                .handle((response, failure) -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    return failure == null ? Answer.of(response, took) : Answer.none(failure, took);
                });
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address.resolve(path));
        host.ifPresent(name -> request.header("Host", name));
        token.get().ifPresent(present -> request.header("Authorization", "Bearer " + present));
        return request;
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(command -> Thread.startVirtualThread(command));
    }
}
