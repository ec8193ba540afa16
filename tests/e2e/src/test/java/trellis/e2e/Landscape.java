package trellis.e2e;

import java.net.URI;
import java.util.List;
import trellis.local.Services;

/**
 * A live landscape, wherever it runs. Its workloads are the services by their names, their databases ({@code product-db},
 * {@code recommendation-db}, {@code review-db}) and the broker ({@code kafka}).
 */
interface Landscape extends AutoCloseable {
    /** The services. */
    List<String> SERVICES = Services.of(Command.repository());

    /** Where the public API is. */
    URI address();

    /** Where one service answers for itself. */
    URI address(String service);

    /** Where a service tells its health and its metrics. */
    URI management(String service);

    /** What clients of the broker call {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Ends a workload at once, as a crash does. */
    void kill(String workload);

    /** Ends a workload the gentle way, and returns when it is gone. */
    void stop(String workload);

    /** Starts a workload that was ended; a service may not be ready yet when this returns. */
    void start(String workload);

    /** Makes a service hang: it is connected to and answers nothing. In a cluster it is left out, then killed, once its probes fail. */
    void freeze(String service);

    /** Lets a service that was frozen go on. */
    void thaw(String service);

    /** Starts what isn't running and returns when all of it works together. */
    void heal();

    /** The lines a service has logged so far. */
    List<String> log(String service);

    @Override
    void close();
}
