package trellis.chassis.calls;

import io.netty.channel.ConnectTimeoutException;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Circuit breakers protect from neighbours that are slow or fail. One that can't be reached at all, as while it starts, is
 * neither: a call of it ends at once and costs it nothing. As long as it has answered nothing, such calls are no
 * failures ({@link NotUpYet}). Once it has answered, they are; but a breaker that they have opened doesn't stay open
 * after it can be reached again: a probe asks four times a second, and the first answer closes the breaker. A neighbour that
 * answers late, or with an error, is left alone for the whole delay.
 */
@ApplicationScoped
public class Reachability {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final CircuitBreakerMaintenance breakers;
    private final Vertx vertx;
    private final Map<String, Supplier<? extends Uni<?>>> probes = new ConcurrentHashMap<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

    Reachability(CircuitBreakerMaintenance breakers, Vertx vertx) {
        this.breakers = breakers;
        this.vertx = vertx;
    }

    /**
     * Has a neighbour that can't be reached probed by this call while a circuit breaker is open.
     *
     * @param breaker its name, which is that of the method it guards
     */
    public void probe(String breaker, Supplier<? extends Uni<?>> call) {
        probes.put(breaker, call);
        breakers.onStateChange(breaker, state -> {
            if (state == CircuitBreakerState.OPEN && unreachable.contains(breaker)) {
                probeLater(breaker);
            }
        });
    }

    /** A call that the circuit breaker of this name guards. */
    public <T> Uni<T> of(String breaker, Uni<T> call) {
        return call.invoke(any -> answer(breaker)).onFailure().transform(failure -> failed(breaker, failure));
    }

    /** The state of the circuit breaker that is named after this method, if it is one of those here. */
    Optional<CircuitBreakerState> state(String method) {
        String breaker = method.substring(method.lastIndexOf('.') + 1);
        return probes.containsKey(breaker) ? Optional.of(breakers.currentState(breaker)) : Optional.empty();
    }

    private void answer(String breaker) {
        answered.add(breaker);
        unreachable.remove(breaker);
    }

    private Throwable failed(String breaker, Throwable failure) {
        if (!isUnreachable(failure)) {
            answer(breaker);
            return failure;
        }
        unreachable.add(breaker);
        return answered.contains(breaker) ? failure : new NotUpYet(failure);
    }

    private void probeLater(String breaker) {
        vertx.setTimer(INTERVAL.toMillis(), timer -> {
            if (breakers.currentState(breaker) == CircuitBreakerState.OPEN) {
                of(breaker, probes.get(breaker).get())
                        .subscribe()
                        .with(any -> breakers.reset(breaker), failure -> afterFailure(breaker, failure));
            }
        });
    }

    private void afterFailure(String breaker, Throwable failure) {
        if (isUnreachable(failure)) {
            probeLater(breaker);
        }
    }

    /** Refused, without a name, or without an instance; a connection that takes too long is slow instead. */
    private static boolean isUnreachable(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException)
                        || cause instanceof UnknownHostException
                        || cause instanceof WebApplicationException answer && isOfProxy(answer.getResponse()));
    }

    /** What Envoy answers in place of a neighbour that has no instance, or whose instance refuses connections. */
    private static boolean isOfProxy(Response answer) {
        if (answer.getStatus() != Response.Status.SERVICE_UNAVAILABLE.getStatusCode()
                || !"envoy".equals(answer.getHeaderString("server"))
                || !answer.hasEntity()) {
            return false;
        }
        answer.bufferEntity();
        String reason = answer.readEntity(String.class);
        return reason.contains("no healthy upstream") || reason.contains("remote connection failure");
    }
}
