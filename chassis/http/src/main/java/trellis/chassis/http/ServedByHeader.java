package trellis.chassis.http;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Adds {@link ServedBy} to every answer, if that is switched on. */
@ApplicationScoped
class ServedByHeader {

    private static final int AFTER_THE_CHECKS = RequestChecks.FIRST + 1;

    private final boolean enabled;
    private final Instance self;

    ServedByHeader(
            ServedByConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        enabled = config.enabled();
        self = new Instance(service, config.instance(), version);
    }

    void add(@Observes Router router) {
        if (enabled) {
            router.route().order(AFTER_THE_CHECKS).handler(this::collect);
        }
    }

    private void collect(RoutingContext exchange) {
        ServedBy servedBy = new ServedBy(self);
        servedBy.begin(Vertx.currentContext());
        exchange.addHeadersEndHandler(head -> exchange.response().putHeader(ServedBy.HEADER, servedBy.toString()));
        exchange.next();
    }
}
