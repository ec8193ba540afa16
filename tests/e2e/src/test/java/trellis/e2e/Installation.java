package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The landscape's charts, installed by {@code helm} from the registry in a namespace of their own, inside the mesh. */
final class Installation {
    /** The name of the release that contains all parts, and of its chart. */
    static final String LANDSCAPE = "trellis";

    /** The Secret of the gateway's certificate, by default. */
    static final String CERTIFICATE = "edge-tls";

    /** As in values-dev.yaml, which is for all parts together. */
    private static final String QUICK_START = "global.java.options=-XX:TieredStopAtLevel=1";

    private final KubernetesClient client;
    private final Target target;
    private final TestNamespace namespace;
    private final Helm helm;
    private final Way way;
    private final KeyServer keys;
    private boolean namespaceCreated;
    private boolean installed;
    private boolean changed;

    /** @param keys which the gateway trusts besides those of the demonstration's issuer */
    Installation(KubernetesClient client, Target target, String namespace, Way way, KeyServer keys) {
        this.client = client;
        this.target = target;
        this.namespace = new TestNamespace(client, namespace);
        helm = new Helm(namespace);
        this.way = way;
        this.keys = keys;
    }

    /**
     * Installs everything in one release unless that exists, and undoes what {@link #upgrade} has changed.
     *
     * @return whether nothing was installed before
     */
    boolean restore() {
        boolean first = !installed;
        if (first || changed) {
            upgrade();
            changed = false;
        }
        return first;
    }

    /** Upgrades with these values in addition to the usual ones, each as for {@code helm --set}. Does not wait. */
    void upgrade(String... values) {
        upgrade(target, List.of(), values);
    }

    /** Like {@link #upgrade(String...)}, but fails with Helm's message if the roll-out takes longer. */
    void upgradeWithin(int seconds, String... values) {
        upgrade(target, List.of("--wait", "--timeout", seconds + "s"), values);
    }

    /** Upgrades to another released version. Does not wait. */
    void upgradeTo(String version) {
        upgrade(target.withVersion(version), List.of());
    }

    /** Installs the chart of one part in a release of its own, which has the part's name. */
    void installPart(String part) {
        install(
                part,
                target.chart(LANDSCAPE + "/" + part),
                part.equals("mesh")
                        ? Stream.concat(Stream.of("mode=sidecar"), edge(""))
                        : Stream.of("global.mesh.mode=sidecar", QUICK_START, traces()));
    }

    /** To the previous revision. */
    void rollback() {
        helm.run("rollback", LANDSCAPE);
    }

    /** Between the cluster and what Helm has installed, as {@code kubectl diff} prints it; fails with it if there are any. */
    String differences() {
        String script = "helm get manifest %s --namespace $0 | kubectl diff --namespace $0 --filename -";
        return Command.of("sh", "-c", script.formatted(LANDSCAPE), namespace.name())
                .run();
    }

    /** Runs the chart's own test, which writes and reads a page. */
    String test() {
        return helm.run("test", LANDSCAPE);
    }

    void uninstall() {
        for (String release : releases()) {
            helm.run("uninstall", release, "--wait", "--timeout", "2m");
        }
        installed = false;
    }

    /** Deletes the namespace with everything in it, including the data, and does not wait. */
    void deleteNamespace() {
        namespace.delete();
        namespaceCreated = false;
        installed = false;
        changed = false;
    }

    /** Like {@link #deleteNamespace}, but waits until the namespace is gone. */
    void deleteNamespaceAndWait() {
        deleteNamespace();
        namespace.deleteAndWait();
    }

    URI address() {
        Hosts.put(way.host(), target.edge().orElseGet(() -> await("an address of the gateway")
                .atMost(60, SECONDS)
                .ignoreExceptions()
                .until(this::addressOfTheGateway, address -> !address.isBlank())));
        return way.address();
    }

    /** Makes this JVM trust the gateway's certificate. */
    void trustTheGateway() {
        Secret secret = client.secrets()
                .inNamespace(namespace.name())
                .withName(CERTIFICATE)
                .require();
        Trust.put(namespace.name(), Base64.getDecoder().decode(secret.getData().get("tls.crt")));
    }

    private void upgrade(Target to, List<String> options, String... values) {
        changed = true;
        install(
                LANDSCAPE,
                Stream.of(to.chart(LANDSCAPE), List.of("--values", "helm/trellis/values-dev.yaml"), options)
                        .flatMap(List::stream)
                        .toList(),
                Stream.of(edge("mesh."), Stream.of(traces()), Stream.of(values)).flatMap(each -> each));
    }

    private String traces() {
        return "global.tracing.endpoint=" + target.collector();
    }

    /** The values of the gateway and the mesh, in the chart {@code mesh} or, with a prefix, in the umbrella. */
    private Stream<String> edge(String prefix) {
        return Stream.of(
                        "gateway.hostname=" + way.hostname(),
                        "gateway.port=" + way.plainPort(),
                        "gateway.tls.port=" + way.port(),
                        "gateway.rateLimit.requestsPerSecond=10000", // all tests are one client
                        "gateway.rateLimit.burst=10000",
                        "tracing.provider=" + target.tracingProvider(),
                        "tracing.namespace=" + target.signalsNamespace(),
                        "auth.issuers[0].issuer=" + Issuer.OF_THE_TESTS.name(),
                        "auth.issuers[0].jwksUri=" + keys.address(),
                        "auth.issuers[0].audiences[0]=" + Issuer.AUDIENCE)
                .map(prefix::concat);
    }

    private void install(String release, List<String> chart, Stream<String> values) {
        keys.start();
        if (!namespaceCreated) {
            namespace.create();
            namespaceCreated = true;
        }
        installed = true;
        helm.install(release, chart, values);
    }

    private List<String> releases() {
        return helm.run("list", "--short")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String addressOfTheGateway() {
        GenericKubernetesResource gateway = client.genericKubernetesResources("gateway.networking.k8s.io/v1", "Gateway")
                .inNamespace(namespace.name())
                .withName("edge")
                .require();
        List<Map<String, String>> addresses = gateway.get("status", "addresses");
        return addresses.getFirst().get("value");
    }
}
