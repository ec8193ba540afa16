package trellis.chassis.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.quarkus.logging.Log;

/** An answer that is not what it would be if all neighbours had answered: a line in the log, and on the request's span. */
public final class DegradedAnswer {

    private static final AttributeKey<String> HOW = AttributeKey.stringKey("trellis.degraded");

    private DegradedAnswer() {}

    /**
     * Reports the current request's answer.
     *
     * @param how what is missing or old; contains nothing that a caller has sent
     */
    public static void report(String how, Throwable reason) {
        Span.current().addEvent("degraded answer", Attributes.of(HOW, how));
        Log.warnf("A degraded answer: %s: %s", how, reason);
    }
}
