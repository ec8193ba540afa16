package trellis.e2e;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every object in a namespace, of whatever kind. */
record NamespaceObjects(Cluster cluster) {
    /** Objects that Kubernetes and Istio create in each namespace. */
    private static final Set<String> CREATED_BY_PLATFORM = Set.of(
            "ServiceAccount default",
            "ConfigMap kube-root-ca.crt",
            "ConfigMap istio-ca-root-cert",
            "ConfigMap istio-ca-crl");

    private static final Set<String> EXPIRING_KINDS = Set.of("Event", "PodMetrics", "Lease");

    /** Objects created by others, each as its kind and name. */
    Set<String> created() {
        KubernetesClient client = cluster.client();
        return Stream.concat(
                        Stream.of("v1"),
                        client.getApiGroups().getGroups().stream()
                                .map(group -> group.getPreferredVersion().getGroupVersion()))
                .flatMap(this::objects)
                .filter(object -> !CREATED_BY_PLATFORM.contains(object))
                .collect(Collectors.toSet());
    }

    private Stream<String> objects(String version) {
        APIResourceList kinds = cluster.client().getApiResources(version);
        return kinds == null
                ? Stream.empty()
                : kinds.getResources().stream()
                        .filter(kind -> kind.getNamespaced() && kind.getVerbs().contains("list"))
                        .filter(kind -> !EXPIRING_KINDS.contains(kind.getKind()))
                        .flatMap(kind -> objects(version, kind));
    }

    private Stream<String> objects(String version, APIResource kind) {
        try {
            return cluster
                    .client()
                    .genericKubernetesResources(version, kind.getKind())
                    .inNamespace(cluster.namespace())
                    .list()
                    .getItems()
                    .stream()
                    .map(object -> kind.getKind() + " " + Cluster.nameOf(object));
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(version + " " + kind.getKind(), e);
        }
    }
}
