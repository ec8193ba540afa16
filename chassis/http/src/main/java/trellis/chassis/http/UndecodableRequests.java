package trellis.chassis.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.Context;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Adds a problem document to the response when a request cannot be decoded or its target is not a URI. Such a request
 * reaches no router: Vert.x or Quarkus answers with a bare status. Quarkus does not expose the Vert.x server's own
 * handler for this, but the tracer is called early enough to set one on the connection.
 */
@ApplicationScoped
class UndecodableRequests implements VertxOptionsCustomizer {

    private final Refusals refusals;

    UndecodableRequests(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void accept(VertxOptions options) {
        TracingOptions tracing =
                options.getTracingOptions() == null ? new TracingOptions() : options.getTracingOptions();
        VertxTracerFactory before = tracing.getFactory() == null ? VertxTracerFactory.NOOP : tracing.getFactory();
        options.setTracingOptions(
                new TracingOptions(tracing).setFactory(chosen -> new Watch<>(cast(before.tracer(chosen)))));
    }

    @SuppressWarnings("unchecked")
    private static VertxTracer<Object, Object> cast(VertxTracer<?, ?> tracer) {
        return (VertxTracer<Object, Object>) tracer;
    }

    private void watch(HttpServerRequest request, HttpServerConnection connection) {
        if (request.decoderResult().isFailure()) {
            connection.invalidRequestHandler(this::refuse);
        } else if (!isUri(request.uri())) {
            connection.handler(this::refuse);
        }
    }

    private static boolean isUri(String target) {
        try {
            return new URI(target).toASCIIString().equals(target);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void refuse(HttpServerRequest request) {
        switch (request.decoderResult().cause()) {
            case TooLongHttpLineException line ->
                refusals.refuse(request, HttpResponseStatus.REQUEST_URI_TOO_LONG, "The address is too long");
            case TooLongHttpHeaderException header ->
                refusals.refuse(
                        request, HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large");
            case null ->
                refusals.refuse(request, HttpResponseStatus.BAD_REQUEST, "The address is not a URI: " + request.uri());
            case Throwable reason ->
                refusals.refuse(
                        request, HttpResponseStatus.BAD_REQUEST, "This is not an HTTP request: " + reason.getMessage());
        }
        request.response().close(); // it is unclear where another request would begin
    }

    /** Delegates to the tracer. */
    private class Watch<I, O> implements VertxTracer<I, O> {

        private final VertxTracer<I, O> tracer;

        Watch(VertxTracer<I, O> tracer) {
            this.tracer = tracer;
        }

        @Override
        public <R> I receiveRequest(
                Context context,
                SpanKind kind,
                TracingPolicy policy,
                R request,
                String operation,
                Iterable<Map.Entry<String, String>> headers,
                TagExtractor<R> extractor) {
            if (request instanceof HttpServerRequest received
                    && received.connection() instanceof Http1xServerConnection connection) {
                watch(received, connection);
            }
            return tracer.receiveRequest(context, kind, policy, request, operation, headers, extractor);
        }

        @Override
        public <R> void sendResponse(
                Context context, R response, I payload, Throwable failure, TagExtractor<R> extractor) {
            tracer.sendResponse(context, response, payload, failure, extractor);
        }

        @Override
        public <R> O sendRequest(
                Context context,
                SpanKind kind,
                TracingPolicy policy,
                R request,
                String operation,
                BiConsumer<String, String> headers,
                TagExtractor<R> extractor) {
            return tracer.sendRequest(context, kind, policy, request, operation, headers, extractor);
        }

        @Override
        public <R> void receiveResponse(
                Context context, R response, O payload, Throwable failure, TagExtractor<R> extractor) {
            tracer.receiveResponse(context, response, payload, failure, extractor);
        }

        @Override
        public void close() {
            tracer.close();
        }
    }
}
