package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the released chart installs by its defaults, in a namespace that Helm creates, run from an empty folder. */
final class Demonstration implements AutoCloseable {
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final Target target;
    private final Cluster cluster;
    private final Forward forward;

    Demonstration(Target target, String suffix) {
        this.target = target;
        cluster = new Cluster(client, target.namespace() + suffix);
        forward = new Forward(0, 8080, () -> cluster.newest("product-composite"));
        namespace().delete(); // of an earlier run
        namespace().waitUntilCondition(gone -> gone == null, 3, MINUTES);
    }

    Cluster cluster() {
        return cluster;
    }

    /** Through a forwarded port, since there is no gateway. */
    Api api() {
        return new Api(() -> URI.create("http://" + forward.address()), Optional::empty);
    }

    /** With these values, if any, each as for {@code helm --set}. Does not wait. */
    void install(String... values) {
        helm(List.of("install", "trellis", "--create-namespace"), target.chart("trellis"), set(values));
    }

    /** As {@link #install}. */
    void upgrade(String... values) {
        helm(List.of("upgrade", "trellis"), target.chart("trellis"), set(values));
    }

    /** Runs the chart's own test, which writes and reads a page. */
    String test() {
        return helm(List.of("test", "trellis"));
    }

    /** Returns once every workload is rolled out, and reads and writes work. */
    void awaitWorking() {
        cluster.awaitRolledOut(Cluster.WORKLOADS.toArray(String[]::new));
        await("a working landscape").atMost(2, MINUTES).ignoreExceptions().until(api()::works);
    }

    /** With credentials that the registry may do without. */
    void createPullSecret(String name, String registry) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withType("kubernetes.io/dockerconfigjson")
                        .addToStringData(
                                ".dockerconfigjson",
                                "{\"auths\": {\"%s\": {\"username\": \"shop\", \"password\": \"shop\"}}}"
                                        .formatted(registry))
                        .build())
                .create();
    }

    /** What pods run, and what Deployments, StatefulSets and Jobs make them run, by kind and name; no terminating ones. */
    Map<String, PodSpec> podSpecs() {
        Map<String, PodSpec> specs = new HashMap<>();
        String namespace = cluster.namespace();
        client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> !Cluster.isTerminating(pod))
                .forEach(pod -> specs.put("Pod " + Cluster.nameOf(pod), pod.getSpec()));
        client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                .filter(job -> !Cluster.isTerminating(job))
                .forEach(job -> specs.put(
                        "Job " + Cluster.nameOf(job),
                        job.getSpec().getTemplate().getSpec()));
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(deployment -> specs.put(
                        "Deployment " + Cluster.nameOf(deployment),
                        deployment.getSpec().getTemplate().getSpec()));
        client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(set -> specs.put(
                        "StatefulSet " + Cluster.nameOf(set),
                        set.getSpec().getTemplate().getSpec()));
        return specs;
    }

    /** Every pod that was created while this ran, by its name. */
    Map<String, PodSpec> podsCreatedBy(Runnable action) {
        var pods = client.pods().inNamespace(cluster.namespace());
        List<String> before =
                pods.list().getItems().stream().map(Cluster::nameOf).toList();
        Map<String, PodSpec> created = new ConcurrentHashMap<>();
        try (var watch = pods.watch(new Watcher<Pod>() {
            @Override
            public void eventReceived(Action event, Pod pod) {
                if (!before.contains(Cluster.nameOf(pod))) {
                    created.put(Cluster.nameOf(pod), pod.getSpec());
                }
            }

            @Override
            public void onClose(WatcherException reason) {}
        })) {
            action.run();
        }
        return created;
    }

    @Override
    public void close() {
        namespace().delete();
        forward.close();
        client.close();
    }

    private Resource<Namespace> namespace() {
        return client.namespaces().withName(cluster.namespace());
    }

    private static List<String> set(String... values) {
        return Stream.of(values).flatMap(value -> Stream.of("--set", value)).toList();
    }

    @SafeVarargs
    private String helm(List<String>... arguments) {
        try {
            Path empty = Files.createTempDirectory("empty");
            try {
                return Command.of(Stream.concat(
                                        Stream.of("helm"),
                                        Stream.concat(
                                                Stream.of(arguments).flatMap(List::stream),
                                                Stream.of("--namespace", cluster.namespace())))
                                .toArray(String[]::new))
                        .in(empty, Map.of())
                        .run();
            } finally {
                Files.delete(empty);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
