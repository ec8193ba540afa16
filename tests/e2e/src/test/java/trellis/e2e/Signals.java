package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The observability of the demonstration, installed by its chart in a namespace of its own, and what it has collected. */
final class Signals implements AutoCloseable {
    /** Receives traces, and watches the cluster. */
    static final String COLLECTOR = "otel-collector";

    /** Reads the logs of its node. */
    static final String AGENT = "otel-agent";

    static final String LOGS = "victoria-logs";
    static final String TRACES = "jaeger";
    static final String METRICS = "victoria-metrics";
    static final String ALERTS = "alertmanager";
    static final List<String> ALL = List.of(COLLECTOR, AGENT, LOGS, TRACES, METRICS);

    private static final String RELEASE = "signals";
    private static final String PAGER = "pager";
    private static final String CHART = "trellis-observability";
    private static final Duration SOON = Duration.ofSeconds(5);

    /** On the way of a request for a list: the gateway, both sides of a call, and the caller of product. */
    private static final int PROXIES = 4;

    private static final String NO_NODE = """
            {"spec": {"template": {"spec": {"nodeSelector": {"trellis.test/away": "yes"}}}}}""";
    private static final String ANY_NODE = """
            {"spec": {"template": {"spec": {"nodeSelector": {"trellis.test/away": null}}}}}""";

    private final KubernetesClient client;
    private final Target target;
    private final TestNamespace namespace;
    private final Helm helm;
    private final Map<String, Forward> forwards = new ConcurrentHashMap<>();
    private final TreeSet<String> away = new TreeSet<>();
    private List<String> usual = List.of();
    private boolean installed;
    private boolean changed;

    Signals(KubernetesClient client, Target target, String namespace) {
        this.client = client;
        this.target = target;
        this.namespace = new TestNamespace(client, namespace, "privileged"); // the agent reads files of its node
        helm = new Helm(namespace);
    }

    String namespace() {
        return namespace.name();
    }

    /** Where traces are sent to, by gRPC. */
    String collector() {
        return "http://%s.%s.svc.cluster.local:4317".formatted(COLLECTOR, namespace());
    }

    Logs logs() {
        return new Logs(api(LOGS, 9428));
    }

    Traces traces() {
        return new Traces(api(TRACES, 16686));
    }

    Series series() {
        return new Series(api(METRICS, 8428));
    }

    Alerts alerts() {
        return new Alerts(api(ALERTS, 9093));
    }

    /**
     * From now on alerts take a tenth of their time, and a pager is told of them.
     *
     * @param image any with a Java runtime
     */
    Pager pager(String image) {
        if (usual.isEmpty()) {
            Resources.objects(
                            client,
                            "/pager.yaml",
                            image,
                            Base64.getEncoder().encodeToString(Resources.bytes("PagerServer.class")))
                    .inNamespace(namespace())
                    .serverSideApply();
            usual = List.of(
                    "alerting.windowScale=10",
                    "victoriaMetrics.scrapeInterval=5s",
                    "alertmanager.webhook=http://" + PAGER + ":8080/");
            upgrade();
            changed = false;
            await("the pager").atMost(1, MINUTES).until(() -> newest(PAGER).isPresent());
        }
        return new Pager(api(PAGER, 8080));
    }

    /**
     * Installs what is not there, starts what is away, and undoes what {@link #upgrade} has changed.
     *
     * @return whether nothing was installed before
     */
    boolean heal() {
        boolean first = !installed;
        if (first || changed) {
            upgrade();
            changed = false;
        }
        List.copyOf(away).forEach(this::start);
        return first;
    }

    /** Returns once new requests are found soon: an agent that begins has the logs of the past to read. */
    void awaitCaughtUp(Api api) {
        await("logs of new requests").atMost(4, MINUTES).until(() -> {
            String trace = api.pages(0, 1).requireStatus(200).traceId();
            long end = System.nanoTime() + SOON.toNanos();
            while (logs().ofTrace(trace).stream()
                            .filter(record ->
                                    record.path(Logs.CONTAINER).asText().equals("istio-proxy"))
                            .count()
                    < PROXIES) {
                if (System.nanoTime() > end) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Upgrades with these values in addition to the usual ones, each as for {@code helm --set}, and waits. */
    void upgrade(String... values) {
        if (!installed) {
            namespace.create();
            installed = true;
        }
        changed = true;
        helm.install(
                RELEASE,
                Stream.of(target.chart(CHART), List.of("--wait", "--timeout", "3m"))
                        .flatMap(List::stream)
                        .toList(),
                Stream.concat(usual.stream(), Stream.of(values)));
    }

    /** Takes a workload away, and returns once its pods are gone. */
    void stop(String workload) {
        away.add(workload);
        HasMetadata there = workload(workload);
        if (there instanceof DaemonSet) {
            client.resource(there).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), NO_NODE);
        } else {
            client.resource(there).scale(0);
        }
        await("the end of " + workload).atMost(90, SECONDS).until(() -> pods(workload)
                .isEmpty());
    }

    /** Returns once the workload is ready. */
    void start(String workload) {
        HasMetadata there = workload(workload);
        if (there instanceof DaemonSet) {
            client.resource(there).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), ANY_NODE);
        } else {
            client.resource(there).scale(1);
        }
        await("the start of " + workload).atMost(90, SECONDS).until(() -> pods(workload).stream()
                .anyMatch(Cluster::isReady));
        away.remove(workload);
    }

    List<Pod> pods(String workload) {
        return client.pods()
                .inNamespace(namespace())
                .withLabel("app.kubernetes.io/name", workload)
                .list()
                .getItems();
    }

    /** Lets the queue of a collector have a disk of this size alone, which is empty, until {@link #unlimitDisk}. */
    void limitDisk(String collector, String size) {
        replace(collector, """
                {"spec": {"template": {"spec": {
                  "volumes": [{"name": "tiny", "emptyDir": {"medium": "Memory", "sizeLimit": "%s"}}],
                  "containers": [{"name": "%s", "volumeMounts": [{"mountPath": "/var/lib/otelcol", "name": "tiny"}]}]}}}}
                """.formatted(size, collector));
    }

    void unlimitDisk(String collector) {
        replace(collector, """
                {"spec": {"template": {"spec": {
                  "volumes": [{"name": "tiny", "$patch": "delete"}],
                  "containers": [{"name": "%s", "volumeMounts": [{"mountPath": "/var/lib/otelcol", "name": "data"}]}]}}}}
                """.formatted(collector));
    }

    @Override
    public void close() {
        forwards.values().forEach(Forward::close);
        if (installed) {
            helm.run("uninstall", RELEASE); // what it has outside the namespace
            namespace.deleteAndWait();
        }
    }

    /** Patches a workload, and returns once other pods have taken the place of its pods. */
    private void replace(String workload, String patch) {
        Set<String> before = uids(workload);
        client.resource(workload(workload)).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
        await("another pod of " + workload).atMost(2, MINUTES).until(() -> {
            List<Pod> now = pods(workload);
            return now.stream().allMatch(Cluster::isReady)
                    && !now.isEmpty()
                    && uids(workload).stream().noneMatch(before::contains);
        });
    }

    private Set<String> uids(String workload) {
        return pods(workload).stream().map(pod -> pod.getMetadata().getUid()).collect(toSet());
    }

    private HasMetadata workload(String name) {
        return Stream.<Resource<? extends HasMetadata>>of(
                        client.apps().deployments().inNamespace(namespace()).withName(name),
                        client.apps().statefulSets().inNamespace(namespace()).withName(name),
                        client.apps().daemonSets().inNamespace(namespace()).withName(name))
                .<HasMetadata>map(Resource::get)
                .filter(there -> there != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No workload " + name + " in " + namespace()));
    }

    private Api api(String workload, int port) {
        String address = forwards.computeIfAbsent(workload, name -> new Forward(0, port, () -> newest(name)))
                .address();
        return new Api(() -> URI.create("http://" + address), Optional::empty);
    }

    private Optional<PodResource> newest(String workload) {
        return pods(workload).stream().filter(Cluster::isReady).findFirst().map(pod -> client.pods()
                .inNamespace(namespace())
                .withName(Cluster.nameOf(pod)));
    }
}
