package trellis.chassis.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.internal.ExtendedSpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what a caller can fill, such as names, tokens and addresses, out of the spans. Quarkus has no setting for it,
 * and the API of spans can replace an attribute but not remove it.
 */
@Singleton
class SpanContents implements ExtendedSpanProcessor {

    /** As OpenTelemetry's conventions have it. */
    static final String REDACTED = "REDACTED";

    private static final List<AttributeKey<String>> OF_THE_CALLER = Stream.of(
                    "client.address",
                    "http.request.method_original",
                    "server.address", // the Host header
                    "url.query",
                    "user_agent.original")
            .map(AttributeKey::stringKey)
            .toList();

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
    private static final String NUMBER = "-?[0-9]{1,19}";

    private final Map<String, Pattern> pathsOfRoutes = new ConcurrentHashMap<>();

    @Override
    public void onEnding(ReadWriteSpan span) {
        if (span.getKind() != SpanKind.SERVER) {
            return;
        }
        OF_THE_CALLER.stream()
                .filter(key -> span.getAttribute(key) != null)
                .forEach(key -> span.setAttribute(key, REDACTED));
        String path = span.getAttribute(PATH);
        if (path != null && !isOf(span.getAttribute(ROUTE), path)) {
            span.setAttribute(PATH, REDACTED);
        }
    }

    /** Whether it is the route with numbers as its parameters. */
    private boolean isOf(String route, String path) {
        return route != null
                && pathsOfRoutes
                        .computeIfAbsent(route, SpanContents::paths)
                        .matcher(path)
                        .matches();
    }

    private static Pattern paths(String route) {
        return Pattern.compile(
                Stream.of(PARAMETER.split(route, -1)).map(Pattern::quote).collect(Collectors.joining(NUMBER)));
    }

    @Override
    public boolean isOnEndingRequired() {
        return true;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
