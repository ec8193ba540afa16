package trellis.chassis.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Refuses requests that are invalid whichever resource they ask for, before routing. */
@ApplicationScoped
class RequestChecks {

    static final int FIRST = Integer.MIN_VALUE;

    private record Fault(HttpResponseStatus status, String detail) {}

    private final Refusals refusals;

    RequestChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void comeFirst(@Observes Router router) {
        router.route().order(FIRST).handler(this::check).failureHandler(this::explain);
    }

    private void check(RoutingContext exchange) {
        TraceResponse.writeTo(exchange.response());
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            exchange.addHeadersEndHandler(any -> closeNothing(exchange.response()));
        }
        fault(exchange.request()).ifPresentOrElse(fault -> refuse(exchange, fault), exchange::next);
    }

    /**
     * In HTTP/2 it is always clear where the next request begins, and a response with this header is malformed: RFC
     * 9113, section 8.2.2.
     */
    private static void closeNothing(HttpServerResponse response) {
        response.headers().remove(HttpHeaders.CONNECTION);
    }

    /** Adds a problem document to what Vert.x itself refuses. */
    private void explain(RoutingContext exchange) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(exchange.statusCode());
        if (exchange.response().headWritten() || status.codeClass() != HttpStatusClass.CLIENT_ERROR) {
            exchange.next();
        } else {
            refuse(exchange, fault(exchange.request()).orElse(new Fault(status, "The request can't be read")));
        }
    }

    private void refuse(RoutingContext exchange, Fault fault) {
        refusals.refuse(exchange.request(), fault.status, fault.detail);
    }

    private static Optional<Fault> fault(HttpServerRequest request) {
        return host(request).or(() -> target(request)).or(() -> length(request));
    }

    /** RFC 9112, section 3.2. */
    private static Optional<Fault> host(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        int fewest = request.version() == HttpVersion.HTTP_1_1 ? 1 : 0;
        if (hosts > 1 || hosts < fewest) {
            return unreadable("A request must have exactly one Host header, not " + hosts);
        }
        return hosts == 1 && request.authority() == null
                ? unreadable("The Host header is invalid: " + request.getHeader(HttpHeaders.HOST))
                : Optional.empty();
    }

    private static Optional<Fault> target(HttpServerRequest request) {
        return request.path() == null || !request.path().startsWith("/")
                ? unreadable("The address does not begin with a slash: " + request.uri())
                : Optional.empty();
    }

    private static Optional<Fault> length(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_LENGTH))
                .filter(declared -> Long.parseLong(declared) > RequestBodies.LARGEST)
                .map(declared -> new Fault(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, RequestBodies.TOO_LARGE));
    }

    private static Optional<Fault> unreadable(String detail) {
        return Optional.of(new Fault(HttpResponseStatus.BAD_REQUEST, detail));
    }
}
