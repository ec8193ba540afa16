package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/** A namespace that belongs to the tests. */
record TestNamespace(KubernetesClient client, String name) {
    /** Creates it with Pod Security {@code restricted}, after deleting what is left of an earlier run. */
    void create() {
        deleteAndWait();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Deletes it with everything in it, and does not wait. */
    void delete() {
        namespace().delete();
    }

    void deleteAndWait() {
        delete();
        namespace().waitUntilCondition(gone -> gone == null, 3, MINUTES);
    }

    private Resource<Namespace> namespace() {
        return client.namespaces().withName(name);
    }
}
