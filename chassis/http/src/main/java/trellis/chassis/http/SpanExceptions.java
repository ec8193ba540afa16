package trellis.chassis.http;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.internal.ExceptionAttributeResolver;
import io.opentelemetry.sdk.trace.internal.SdkTracerProviderUtil;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;

/**
 * Records an exception on a span without its message and stack trace, since messages quote what a caller has sent. The
 * log has the stack trace of each error that is not the caller's.
 */
@Singleton
class SpanExceptions implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addTracerProviderCustomizer((traces, config) -> {
            SdkTracerProviderUtil.setExceptionAttributeResolver(
                    traces,
                    (attributes, exception, longest) -> attributes.setAttribute(
                            ExceptionAttributeResolver.EXCEPTION_TYPE,
                            exception.getClass().getName()));
            return traces;
        });
    }
}
