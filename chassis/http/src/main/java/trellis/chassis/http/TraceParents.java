package trellis.chassis.http;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.quarkus.opentelemetry.runtime.propagation.TextMapPropagatorCustomizer;
import jakarta.inject.Singleton;
import java.util.Collection;

/**
 * Takes a trace's ids and sampling from a caller, but not its {@code tracestate}, which may hold any text and would be in
 * every span and record: W3C Trace Context, section 3.5, lets a service drop it.
 */
@Singleton
class TraceParents implements TextMapPropagatorCustomizer {

    private static final String STATE = "tracestate";

    @Override
    public TextMapPropagator customize(Context context) {
        return new WithoutState(context.propagator());
    }

    private record WithoutState(TextMapPropagator propagator) implements TextMapPropagator {

        @Override
        public Collection<String> fields() {
            return propagator.fields();
        }

        @Override
        public <C> void inject(io.opentelemetry.context.Context context, C carrier, TextMapSetter<C> setter) {
            propagator.inject(context, carrier, setter);
        }

        @Override
        public <C> io.opentelemetry.context.Context extract(
                io.opentelemetry.context.Context context, C carrier, TextMapGetter<C> getter) {
            return propagator.extract(context, carrier, new TextMapGetter<C>() {
                @Override
                public Iterable<String> keys(C from) {
                    return getter.keys(from);
                }

                @Override
                public String get(C from, String key) {
                    return STATE.equals(key) ? null : getter.get(from, key);
                }
            });
        }
    }
}
