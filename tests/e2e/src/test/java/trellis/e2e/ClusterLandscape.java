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
import java.util.stream.Stream;

/** The landscape as its charts install it in a cluster, called from outside through the gateway. */
final class ClusterLandscape implements LiveLandscape {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BROKER = "kafka";
    private static final List<String> WORKLOADS =
            Stream.concat(Cluster.WORKLOADS.stream(), Stream.of(Keycloak.NAME)).toList();

    /** The address that the broker advertises to clients outside the cluster; set in helm/backing. */
    private static final int BROKER_PORT = 9094;

    private final Way way;
    private final String javaImage;
    private final KeyServer keys;
    private final Installation installation;
    private final Cluster cluster;
    private final PrivilegedPod privilegedPod;
    private final String shellImage;
    private final Map<String, Forward> forwards = new ConcurrentHashMap<>();
    private long installing;
    private Duration installedWithin;

    ClusterLandscape(KubernetesClient client, Target target, String namespace, Way way) {
        this.way = way;
        javaImage = target.registry() + "/trellis/product:" + target.version();
        keys = new KeyServer(client, namespace + "-issuer", javaImage);
        installation = new Installation(client, target, namespace, way, keys);
        cluster = new Cluster(client, namespace);
        shellImage = target.registry() + "/library/postgres:18"; // the release has put it there for the databases
        privilegedPod = new PrivilegedPod(client, namespace + "-outside", shellImage);
    }

    Installation installation() {
        return installation;
    }

    Cluster cluster() {
        return cluster;
    }

    /** An image with a shell, nc and pg_isready. */
    String shellImage() {
        return shellImage;
    }

    PrivilegedPod privilegedPod() {
        return privilegedPod;
    }

    /** Where Istio reads the key of the tests' issuer. */
    String keys() {
        return keys.address();
    }

    /** An image with a Java runtime. */
    String javaImage() {
        return javaImage;
    }

    @Override
    public URI address() {
        return installation.address();
    }

    /** The gateway's address without TLS. */
    URI plainAddress() {
        installation.address();
        return way.plainAddress();
    }

    @Override
    public Optional<String> token() {
        return Optional.of(Issuer.OF_THE_TESTS.token(Issuer.READ, Issuer.WRITE).signed());
    }

    @Override
    public URI address(String service) {
        return forwarded(service, 8080);
    }

    @Override
    public URI management(String service) {
        return forwarded(service, 9000);
    }

    /** The address of one instance. */
    URI address(Pod pod) {
        return forwarded(pod, 8080);
    }

    /** The admin port of the Envoy sidecar of a service's newest pod. */
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
        List<Pod> pods = cluster.notTerminating(workload);
        pods.forEach(pod -> privilegedPod.send("KILL", pod));
        cluster.scale(workload, 0); // before Kubernetes restarts what was killed
        await().atMost(PATIENCE).until(() -> cluster.notTerminating(workload).isEmpty());
        pods.forEach(pod -> cluster.resource(pod).withGracePeriod(1).delete()); // or the sidecar delays it
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
        cluster.notTerminating(service).forEach(pod -> privilegedPod.send("STOP", pod));
    }

    @Override
    public void thaw(String service) {
        cluster.notTerminating(service).stream()
                .filter(pod ->
                        Cluster.container(pod).orElseThrow().getState().getRunning() != null) // not killed meanwhile
                .forEach(pod -> privilegedPod.send("CONT", pod));
    }

    @Override
    public void heal() {
        long start = System.nanoTime();
        if (installation.restore()) {
            installing = start;
            installedWithin = null;
        }
        WORKLOADS.stream().filter(workload -> cluster.replicas(workload) != 1).forEach(this::start);
        cluster.awaitRolledOut(WORKLOADS.toArray(String[]::new));
        awaitWorking();
        if (installedWithin == null) { // also if an earlier heal timed out
            installedWithin = Duration.ofNanos(System.nanoTime() - installing);
            System.out.printf(
                    "    %s: first complete page after %d s%n", cluster.namespace(), installedWithin.toSeconds());
        }
    }

    /** The time from the start of the installation until a page was written and read. */
    Duration installedWithin() {
        return installedWithin;
    }

    /** Returns once reads and writes through the gateway work, and so do all services behind it. */
    void awaitWorking() {
        await("a working landscape").atMost(PATIENCE).ignoreExceptions().until(() -> {
            installation.trustTheGateway();
            return new Api(this).works();
        });
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
        privilegedPod.close();
        keys.close();
        installation.deleteNamespaceAndWait();
    }

    private String logOf(Pod pod, String container) {
        try {
            return cluster.resource(pod).inContainer(container).getLog();
        } catch (KubernetesClientException e) {
            return ""; // it has not started yet, or has ended
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
