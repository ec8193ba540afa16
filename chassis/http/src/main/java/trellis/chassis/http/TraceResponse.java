package trellis.chassis.http;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.http.HttpServerResponse;

/** Tells the caller the trace of its request: W3C Trace Context Level 2, section 4.2. */
final class TraceResponse {

    private static final String HEADER = "traceresponse";

    private TraceResponse() {}

    /** Of the current request. */
    static void writeTo(HttpServerResponse response) {
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            response.putHeader(
                    HEADER,
                    "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                            + span.getTraceFlags().asHex());
        }
    }
}
