package trellis.chassis.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import java.util.Set;

/** What a request asked for, in words of the service and none of the caller's: for logs and metrics. */
final class Route {

    static final String UNKNOWN = "UNKNOWN";

    /** RFC 9110, section 9.3, and RFC 5789. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");

    /** Where Quarkus keeps the template of the matched path. */
    static final String TEMPLATE = "UrlPathTemplate";

    private Route() {}

    /** Such as {@code GET /v1/products/{productId}}. */
    static String of(HttpServerRequest request) {
        String template = ((HttpServerRequestInternal) request).context().getLocal(TEMPLATE);
        return method(request.method().name()) + " " + (template == null ? "of an unknown path" : template);
    }

    static String method(String name) {
        return METHODS.contains(name) ? name : UNKNOWN;
    }
}
