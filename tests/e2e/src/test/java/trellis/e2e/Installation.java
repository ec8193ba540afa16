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

/** The landscape's charts in a namespace of their own, as {@code helm} puts them there. */
final class Installation {
    /** The release that holds all parts. */
    static final String LANDSCAPE = "landscape";

    static final String CHART = "helm/landscape";

    private final KubernetesClient client;
    private final Target target;
    private final String namespace;
    private final int port;
    private boolean made;
    private boolean installed;
    private boolean changed;

    /** @param port that the gateway listens on: two landscapes may share one address */
    Installation(KubernetesClient client, Target target, String namespace, int port) {
        this.client = client;
        this.target = target;
        this.namespace = namespace;
        this.port = port;
    }

    /**
     * Installs all of it in one release, unless something is installed; takes back what {@link #upgrade} has changed.
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

    /** With these values beside the usual ones, each as {@code helm --set} takes it. Doesn't wait for what comes of it. */
    void upgrade(String... values) {
        upgrade(LANDSCAPE, List.of(), values);
    }

    /** As {@link #upgrade(String...)}, but fails with what Helm says if it isn't rolled out in so many seconds. */
    void upgradeWithin(int seconds, String... values) {
        upgrade(LANDSCAPE, List.of("--wait", "--timeout", seconds + "s"), values);
    }

    /** All of it where there is no Istio; fails with what Helm says if it isn't ready in time. */
    void installWithoutMesh() {
        upgrade(LANDSCAPE, List.of("--values", CHART + "/values-without-mesh.yaml", "--wait", "--timeout", "180s"));
    }

    /** A release of one part alone. */
    void installPart(String part) {
        upgrade(part, List.of(), "tags.all=false", "tags." + part + "=true");
        changed = false;
    }

    /** To the revision before. */
    void rollback() {
        helm("rollback", LANDSCAPE);
    }

    /** Writes and reads as the chart's own test does. */
    String test() {
        return helm("test", LANDSCAPE);
    }

    void uninstall() {
        for (String release : releases()) {
            helm("uninstall", release, "--wait", "--timeout", "2m");
        }
        installed = false;
    }

    /** Has the namespace and everything in it deleted, the data too, and doesn't wait for it. */
    void abandon() {
        client.namespaces().withName(namespace).delete();
        made = false;
        installed = false;
        changed = false;
    }

    /** As {@link #abandon}; returns when it is gone. */
    void remove() {
        abandon();
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
        make();
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
                        Stream.of("--force-conflicts"), // the number of instances is whoever's scaled by hand
                        options.stream(),
                        Stream.concat(usual, Stream.of(values)).flatMap(value -> Stream.of("--set", value)))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    /** An empty namespace where Pod Security is {@code restricted}, with volumes for the data where the cluster makes none. */
    private void make() {
        if (made) {
            return;
        }
        remove();
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
        made = true;
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
