package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;

/** Publishes the public key of {@link Issuer#OF_THE_TESTS} within the cluster, outside the mesh, in a namespace of its own. */
final class KeyServer implements AutoCloseable {
    private static final String NAME = "keys";

    /** Another for each key, since Istio keeps what it has read at an address for twenty minutes. */
    private static final String FILE = Issuer.OF_THE_TESTS.key().getKeyId() + ".json";

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
        return "http://%s.%s.svc.cluster.local/%s".formatted(NAME, namespace.name(), FILE);
    }

    /** Returns once the key is served. */
    void start() {
        if (started) {
            return;
        }
        namespace.create();
        byte[] keys = Issuer.OF_THE_TESTS.published().getBytes(UTF_8);
        Resources.objects(client, "/keys.yaml", image, FILE, Base64.getEncoder().encodeToString(keys))
                .inNamespace(namespace.name())
                .serverSideApply();
        client.pods().inNamespace(namespace.name()).withName(NAME).waitUntilReady(2, MINUTES);
        started = true;
    }

    @Override
    public void close() {
        namespace.delete();
    }
}
