package trellis.chassis.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what a caller makes up out of the metrics: Quarkus takes a path that no route matches, and any method, as a
 * label's value, and a hundred such paths later measures no new route any more.
 */
@Singleton
class RouteLabels implements HttpServerMetricsTagsContributor, MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String ROUTE = "uri";
    private static final String METHOD = "method";

    private final Set<String> routes = ConcurrentHashMap.newKeySet();

    /** Replaces the labels of a request that is answered, before they become a meter. */
    @Override
    public Tags contribute(Context request) {
        return Tags.of(METHOD, Route.method(request.request().method().name()), ROUTE, route(request));
    }

    private String route(Context request) {
        String template = request.requestContextLocalData(Route.TEMPLATE);
        if (template == null) {
            return request.response().statusCode() == 404 ? "NOT_FOUND" : Route.UNKNOWN;
        }
        routes.add(template);
        return template;
    }

    /** Of a request whose caller went before the answer: there the labels are not contributed. */
    @Override
    public Meter.Id map(Meter.Id id) {
        if (!isReset(id)) {
            return id;
        }
        String route = id.getTag(ROUTE);
        return id.replaceTags(Tags.of(id.getTags())
                .and(
                        Tag.of(METHOD, Route.method(id.getTag(METHOD))),
                        Tag.of(ROUTE, routes.contains(route) ? route : Route.UNKNOWN)));
    }

    /** One of an unknown route is not counted, since the registry keeps each label it was ever asked for. */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return isReset(id) && Route.UNKNOWN.equals(id.getTag(ROUTE)) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    private static boolean isReset(Meter.Id id) {
        return REQUESTS.equals(id.getName()) && "RESET".equals(id.getTag("status"));
    }
}
