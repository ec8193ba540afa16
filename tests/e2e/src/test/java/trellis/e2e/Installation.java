package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The landscape's charts, installed by {@code helm} in a namespace of their own. */
final class Installation {
    /** The name of the release that contains all parts. */
    static final String LANDSCAPE = "trellis";

    static final String CHART = "helm/trellis";

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
        upgrade(LANDSCAPE, List.of(), values);
    }

    /** Like {@link #upgrade(String...)}, but fails with Helm's message if the roll-out takes longer. */
    void upgradeWithin(int seconds, String... values) {
        upgrade(LANDSCAPE, List.of("--wait", "--timeout", seconds + "s"), values);
    }

    /** Installs everything without Istio; fails with Helm's message if it is not ready in time. */
    void installWithoutMesh() {
        upgrade(LANDSCAPE, List.of("--values", CHART + "/values-without-mesh.yaml", "--wait", "--timeout", "180s"));
    }

    /** Installs one part in a release of its own. */
    void installPart(String part) {
        upgrade(part, List.of(), "tags.all=false", "tags." + part + "=true");
        changed = false;
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
        client.persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getSpec().getClaimRef() != null
                        && namespace.equals(volume.getSpec().getClaimRef().getNamespace()))
                .forEach(volume -> client.resource(volume).delete());
    }

    URI address() {
        String host = target.edge().orElseGet(() -> await("an address of the gateway")
                .atMost(60, SECONDS)
                .ignoreExceptions()
                .until(this::addressOfTheGateway, address -> !address.isBlank()));
        return URI.create("http://" + host + (port == 80 ? "" : ":" + port));
    }

    private void upgrade(String release, List<String> options, String... values) {
        createNamespace();
        installed = true;
        changed = true;
        Stream<String> usual = Stream.of(
                "global.image.registry=" + target.registry(),
                "global.image.tag=" + target.tag(),
                "mesh.gateway.port=" + port,
                "backing.persistence.storageClass="
                        + target.volumes().map(folder -> "-").orElse(""));
        helm(Stream.of(
                        Stream.of("upgrade", "--install", release, CHART, "--values", CHART + "/values-dev.yaml"),
                        Stream.of("--force-conflicts"), // another client may have scaled a workload
                        options.stream(),
                        Stream.concat(usual, Stream.of(values)).flatMap(value -> Stream.of("--set", value)))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    /** Creates a namespace with Pod Security {@code restricted}, and volumes if the cluster has no storage class. */
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
        target.volumes().ifPresent(folder -> {
            String volumes = Command.of("helm/volumes", namespace, folder + "/" + System.nanoTime())
                    .run();
            client.load(new ByteArrayInputStream(volumes.getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
        });
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
