package trellis.chassis.calls;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreakerEvents;
import io.smallrye.faulttolerance.core.metrics.MeteredOperation;
import io.smallrye.faulttolerance.core.metrics.MetricsProvider;
import io.smallrye.faulttolerance.core.metrics.MetricsRecorder;
import io.smallrye.faulttolerance.metrics.MicrometerProvider;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.BooleanSupplier;

/**
 * Makes a retry, an attempt's timeout and a circuit breaker's refusal events of the current span. Fault tolerance tells
 * them to its metrics only, in the context of the call.
 */
@Singleton
@Alternative
@Priority(1)
class CallEvents implements MetricsProvider {

    private static final AttributeKey<String> CALL = AttributeKey.stringKey("trellis.call");

    private final MicrometerProvider metrics;
    private final Reachability reachability;

    CallEvents(MicrometerProvider metrics, Reachability reachability) {
        this.metrics = metrics;
        this.reachability = reachability;
    }

    @Override
    public boolean isEnabled() {
        return metrics.isEnabled();
    }

    @Override
    public MetricsRecorder create(MeteredOperation call) {
        MetricsRecorder recorder = metrics.create(call);
        Attributes attributes = Attributes.of(CALL, call.name());
        return (MetricsRecorder) Proxy.newProxyInstance(
                MetricsRecorder.class.getClassLoader(),
                new Class<?>[] {MetricsRecorder.class},
                (proxy, method, arguments) -> {
                    String event = event(method.getName(), arguments);
                    if (event != null) {
                        Span.current().addEvent(event, attributes);
                    }
                    return invoke(recorder, method, withState(call.name(), method.getName(), arguments));
                });
    }

    /** The library's own gauges of a breaker's state don't notice that it was reset. */
    private Object[] withState(String call, String method, Object... arguments) {
        return switch (method) {
            case "registerCircuitBreakerIsClosed" -> state(call, CircuitBreakerState.CLOSED, arguments);
            case "registerCircuitBreakerIsOpen" -> state(call, CircuitBreakerState.OPEN, arguments);
            case "registerCircuitBreakerIsHalfOpen" -> state(call, CircuitBreakerState.HALF_OPEN, arguments);
            default -> arguments;
        };
    }

    private Object[] state(String call, CircuitBreakerState state, Object... arguments) {
        BooleanSupplier known = (BooleanSupplier) arguments[0];
        BooleanSupplier current =
                () -> reachability.state(call).map(state::equals).orElseGet(known::getAsBoolean);
        return new Object[] {current};
    }

    /** Null if it is none of those that are worth an event. */
    private static String event(String method, Object... arguments) {
        return switch (method) {
            case "retryAttempted" -> "retry";
            case "timeoutFinished" -> (boolean) arguments[0] ? "timeout" : null;
            case "circuitBreakerFinished" ->
                arguments[0] == CircuitBreakerEvents.Result.PREVENTED ? "circuit breaker refuses" : null;
            case "circuitBreakerMovedToOpen" -> "circuit breaker opens";
            default -> null;
        };
    }

    private static Object invoke(MetricsRecorder recorder, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(recorder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
