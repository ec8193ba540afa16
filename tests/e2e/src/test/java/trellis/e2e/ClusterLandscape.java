package trellis.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The landscape as its charts install it into a cluster, called from outside, through the gateway. */
final class ClusterLandscape implements Landscape {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BROKER = "kafka";

    /** Where the broker tells a client from outside that it is; helm/backing says it. */
    private static final int BROKER_PORT = 9094;

    private final Installation installation;
    private final Cluster cluster;
    private final Outsider outsider;
    private final Map<String, Forward> forwards = new ConcurrentHashMap<>();
    private long installing;
    private Duration installedWithin;

    ClusterLandscape(KubernetesClient client, Installation installation, String namespace) {
        this.installation = installation;
        cluster = new Cluster(client, namespace);
        outsider = new Outsider(client, namespace + "-outside");
    }

    Installation installation() {
        return installation;
    }

    Cluster cluster() {
        return cluster;
    }

    Outsider outsider() {
        return outsider;
    }

    @Override
    public URI address() {
        return installation.address();
    }

    @Override
    public URI address(String service) {
        return forwarded(service, 8080);
    }

    @Override
    public URI management(String service) {
        return forwarded(service, 9000);
    }

    /** Where one instance answers for itself. */
    URI address(Pod pod) {
        return forwarded(pod, 8080);
    }

    /** Where the newest sidecar of a service, an Envoy, tells what it does. */
    URI sidecar(String service) {
        return forwarded(service, 15000);
    }

    @Override
    public String bootstrapServers() {
        return forwards.computeIfAbsent(
                        BROKER, name -> new Forward(BROKER_PORT, BROKER_PORT, () -> cluster.newest(BROKER)))
                .address();
    }

    @Override
    public void kill(String workload) {
        List<Pod> pods = cluster.staying(workload);
        pods.forEach(pod -> outsider.send("KILL", pod));
        cluster.scale(workload, 0); // before what was killed is started again
        await().atMost(PATIENCE).until(() -> cluster.staying(workload).isEmpty());
        pods.forEach(pod -> cluster.resource(pod).withGracePeriod(1).delete()); // its sidecar would take its time
    }

    @Override
    public void stop(String workload) {
        cluster.scale(workload, 0);
        await().atMost(PATIENCE).until(() -> cluster.pods(workload).isEmpty());
    }

    @Override
    public void start(String workload) {
        cluster.scale(workload, 1);
    }

    @Override
    public void freeze(String service) {
        cluster.staying(service).forEach(pod -> outsider.send("STOP", pod));
    }

    @Override
    public void thaw(String service) {
        cluster.staying(service).forEach(pod -> outsider.send("CONT", pod));
    }

    @Override
    public void heal() {
        long start = System.nanoTime();
        if (installation.restore()) {
            installing = start;
            installedWithin = null;
        }
        Cluster.WORKLOADS.stream()
                .filter(workload -> cluster.replicas(workload) != 1)
                .forEach(this::start);
        cluster.awaitRolledOut(Cluster.WORKLOADS.toArray(String[]::new));
        awaitWhole();
        if (installedWithin == null) { // also when a heal before this one gave up waiting
            installedWithin = Duration.ofNanos(System.nanoTime() - installing);
            System.out.printf(
                    "    %s: from nothing to a whole page in %d s%n", cluster.namespace(), installedWithin.toSeconds());
        }
    }

    /** From nothing to a page that was written and read. */
    Duration installedWithin() {
        return installedWithin;
    }

    /** Returns when reads and writes through the gateway work, with all that is behind them. */
    void awaitWhole() {
        await("a whole landscape").atMost(PATIENCE).ignoreExceptions().until(new Api(this)::worksAsAWhole);
    }

    @Override
    public List<String> log(String service) {
        return cluster.pods(service).stream()
                .flatMap(pod -> logOf(pod, service).lines())
                .toList();
    }

    @Override
    public void close() {
        forwards.values().forEach(Forward::close);
        outsider.close();
        installation.remove();
    }

    private String logOf(Pod pod, String container) {
        try {
            return cluster.resource(pod).inContainer(container).getLog();
        } catch (KubernetesClientException e) {
            return ""; // it has not started yet, or is gone
        }
    }

    private URI forwarded(String service, int port) {
        return forwarded(service, port, () -> cluster.newest(service));
    }

    private URI forwarded(Pod pod, int port) {
        return forwarded(Cluster.nameOf(pod), port, () -> Optional.of(cluster.resource(pod)));
    }

    private URI forwarded(String name, int port, Supplier<Optional<PodResource>> pod) {
        return URI.create("http://"
                + forwards.computeIfAbsent(name + ":" + port, key -> new Forward(0, port, pod))
                        .address());
    }
}
