package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The landscape's charts, installed by {@code helm} from the registry in a namespace of their own, inside the mesh. */
final class Installation {
    /** The name of the release that contains all parts, and of its chart. */
    static final String LANDSCAPE = "trellis";

    /** As in values-dev.yaml, which is for all parts together. */
    private static final String QUICK_START = "global.java.options=-XX:TieredStopAtLevel=1";

    private final KubernetesClient client;
    private final Target target;
    private final String namespace;
    private final int port;
    private boolean namespaceCreated;
    private boolean installed;
    private boolean changed;

    /** @param port of the gateway: two landscapes may share one address */
    Installation(KubernetesClient client, Target target, String namespace, int port) {
        this.client = client;
        this.target = target;
        this.namespace = namespace;
        this.port = port;
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
        boolean mesh = part.equals("mesh");
        install(
                part,
                target.chart(LANDSCAPE + "/" + part),
                mesh
                        ? Stream.of("mode=sidecar", "gateway.port=" + port)
                        : Stream.of("global.mesh.mode=sidecar", QUICK_START));
    }

    /** To the previous revision. */
    void rollback() {
        helm("rollback", LANDSCAPE);
    }

    /** Runs the chart's own test, which writes and reads a page. */
    String test() {
        return helm("test", LANDSCAPE);
    }

    void uninstall() {
        for (String release : releases()) {
            helm("uninstall", release, "--wait", "--timeout", "2m");
        }
        installed = false;
    }

    /** Deletes the namespace with everything in it, including the data, and does not wait. */
    void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
        namespaceCreated = false;
        installed = false;
        changed = false;
    }

    /** Like {@link #deleteNamespace}, but waits until the namespace is gone. */
    void deleteNamespaceAndWait() {
        deleteNamespace();
        client.namespaces().withName(namespace).waitUntilCondition(gone -> gone == null, 3, MINUTES);
    }

    URI address() {
        String host = target.edge().orElseGet(() -> await("an address of the gateway")
                .atMost(60, SECONDS)
                .ignoreExceptions()
                .until(this::addressOfTheGateway, address -> !address.isBlank()));
        return URI.create("http://" + host + (port == 80 ? "" : ":" + port));
    }

    private void upgrade(Target to, List<String> options, String... values) {
        changed = true;
        install(
                LANDSCAPE,
                Stream.of(to.chart(LANDSCAPE), List.of("--values", "helm/trellis/values-dev.yaml"), options)
                        .flatMap(List::stream)
                        .toList(),
                Stream.concat(Stream.of("mesh.gateway.port=" + port), Stream.of(values)));
    }

    private void install(String release, List<String> chart, Stream<String> values) {
        createNamespace();
        installed = true;
        helm(Stream.of(
                        Stream.of("upgrade", "--install", release),
                        chart.stream(),
                        Stream.of("--force-conflicts"), // another client may have scaled a workload
                        values.flatMap(value -> Stream.of("--set", value)))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    /** Creates a namespace with Pod Security {@code restricted}. */
    private void createNamespace() {
        if (namespaceCreated) {
            return;
        }
        deleteNamespaceAndWait();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        namespaceCreated = true;
    }

    private List<String> releases() {
        return helm("list", "--short").lines().filter(line -> !line.isBlank()).toList();
    }

    private String helm(String... arguments) {
        return Command.of(Stream.of(Stream.of("helm"), Stream.of(arguments), Stream.of("--namespace", namespace))
                        .flatMap(each -> each)
                        .toArray(String[]::new))
                .run();
    }

    private String addressOfTheGateway() {
        GenericKubernetesResource gateway = client.genericKubernetesResources("gateway.networking.k8s.io/v1", "Gateway")
                .inNamespace(namespace)
                .withName("edge")
                .require();
        List<Map<String, String>> addresses = gateway.get("status", "addresses");
        return addresses.getFirst().get("value");
    }
}
