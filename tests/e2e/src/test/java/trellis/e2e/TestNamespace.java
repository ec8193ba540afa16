package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * A namespace that belongs to the tests. One of the same name that they have not created is left alone.
 *
 * @param podSecurity the level that it enforces
 */
record TestNamespace(KubernetesClient client, String name, String podSecurity) {
    private static final String OWNER = "app.kubernetes.io/managed-by";
    private static final String THE_TESTS = "trellis-e2e";

    /** With Pod Security {@code restricted}. */
    TestNamespace(KubernetesClient client, String name) {
        this(client, name, "restricted");
    }

    /** Creates it, after deleting what is left of an earlier run. */
    void create() {
        deleteAndWait();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", podSecurity)
                        .addToLabels(OWNER, THE_TESTS)
                        .endMetadata()
                        .build())
                .create();
    }

    /** Deletes it with everything in it, and does not wait. */
    void delete() {
        Namespace there = namespace().get();
        if (there != null && !THE_TESTS.equals(there.getMetadata().getLabels().get(OWNER))) {
            throw new IllegalStateException(
                    "The namespace " + name + " is not the tests': it has no label " + OWNER + "=" + THE_TESTS);
        }
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
