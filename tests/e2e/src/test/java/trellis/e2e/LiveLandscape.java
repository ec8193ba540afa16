package trellis.e2e;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trellis.local.Services;

/**
 * A running landscape, local or in a cluster. Its workloads are the services by their names, their databases ({@code
 * product-db}, {@code recommendation-db}, {@code review-db}) and the broker ({@code kafka}).
 */
interface LiveLandscape extends AutoCloseable {
    List<String> SERVICES = Services.ALL;

    /** Those that product-composite asks for a page. */
    Set<String> NEIGHBOURS = Set.of("product", "recommendation", "review");

    /** The address of the public API. */
    URI address();

    /** What a caller of the public API needs for everything in it: a token, unless there is no gateway. */
    default Optional<String> token() {
        return Optional.empty();
    }

    /** The address of one service, without the gateway. */
    URI address(String service);

    /** The address of a service's management port. */
    URI management(String service);

    /** The value of the clients' {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Kills a workload, to simulate a crash. */
    void kill(String workload);

    /** Stops a workload gracefully, and returns once it has ended. */
    void stop(String workload);

    /** Starts a stopped workload; a service may not be ready yet when this returns. */
    void start(String workload);

    /**
     * Makes a service hang: it accepts connections and answers nothing. In a cluster its probes fail, so that it gets no
     * more calls, and is then killed.
     */
    void freeze(String service);

    /** Lets a frozen service continue. */
    void thaw(String service);

    /** Starts what is not running, and returns once everything works. */
    void heal();

    /** The lines that a service has logged so far. */
    List<String> log(String service);

    @Override
    void close();
}
