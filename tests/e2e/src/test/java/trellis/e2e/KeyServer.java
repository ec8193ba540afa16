package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** Publishes the public key of {@link Issuer#OF_THE_TESTS} within the cluster, outside the mesh, in a namespace of its own. */
final class KeyServer implements AutoCloseable {
    private static final String NAME = "keys";

    /** Another for each key, since Istio keeps what it has read at an address for twenty minutes. */
    private static final String FILE = Issuer.OF_THE_TESTS.key().getKeyId() + ".json";

    private static final int PORT = 8080;

    private final KubernetesClient client;
    private final TestNamespace namespace;
    private final String image;
    private boolean started;

    /** @param image any with a Java runtime */
    KeyServer(KubernetesClient client, String namespace, String image) {
        this.client = client;
        this.namespace = new TestNamespace(client, namespace);
        this.image = image;
    }

    /** Where Istio finds the key. */
    String address() {
        return "http://%s.%s.svc.cluster.local:%d/%s".formatted(NAME, namespace.name(), PORT, FILE);
    }

    /** Returns once the key is served. */
    void start() {
        if (started) {
            return;
        }
        namespace.create();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .addToData(FILE, Issuer.OF_THE_TESTS.published())
                        .build())
                .create();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", NAME))
                        .addNewPort()
                        .withPort(PORT)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        client.resource(pod()).create();
        client.pods().inNamespace(namespace.name()).withName(NAME).waitUntilReady(2, MINUTES);
        started = true;
    }

    @Override
    public void close() {
        namespace.delete();
    }

    /** The key is mounted as a file, since the JDK's server follows no symbolic links. */
    private Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace.name())
                .addToLabels("app", NAME)
                .addToLabels("sidecar.istio.io/inject", "false")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(10001L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName(NAME)
                .withImage(image)
                .withCommand("java", "-m", "jdk.httpserver", "-b", "0.0.0.0", "-p", "" + PORT, "-d", "/" + NAME)
                .addNewVolumeMount()
                .withName(NAME)
                .withMountPath("/" + NAME + "/" + FILE)
                .withSubPath(FILE)
                .endVolumeMount()
                .withNewReadinessProbe()
                .withPeriodSeconds(1)
                .withNewHttpGet()
                .withPath("/" + FILE)
                .withPort(new IntOrString(PORT))
                .endHttpGet()
                .endReadinessProbe()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .addNewVolume()
                .withName(NAME)
                .withNewConfigMap()
                .withName(NAME)
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build();
    }
}
