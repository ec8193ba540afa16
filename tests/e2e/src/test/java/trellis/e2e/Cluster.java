package trellis.e2e;

import static java.util.Comparator.comparing;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trellis.local.Services;

/** The workloads in one namespace. */
record Cluster(KubernetesClient client, String namespace) {
    /** All workloads, by the names that {@link LiveLandscape} uses; in a mesh there is also {@link Keycloak#NAME}. */
    static final List<String> WORKLOADS = Stream.concat(
                    LiveLandscape.SERVICES.stream(), Stream.concat(databases(), Stream.of("kafka")))
            .toList();

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    static Stream<String> databases() {
        return Services.CORE.stream().map(service -> service + "-db");
    }

    /** All pods of the workload, starting, running or terminating; without those of jobs. */
    List<Pod> pods(String workload) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", workload)
                .withLabelIn("app.kubernetes.io/component", "service", "database", "broker", "identity-provider")
                .list()
                .getItems();
    }

    /** Those that are not terminating. */
    List<Pod> notTerminating(String workload) {
        return pods(workload).stream().filter(pod -> !isTerminating(pod)).toList();
    }

    /** Those that are ready and not terminating. */
    List<Pod> ready(String workload) {
        return pods(workload).stream().filter(Cluster::isReady).toList();
    }

    /** The newest pod that is not terminating, or else one that is. */
    Optional<PodResource> newest(String workload) {
        return pods(workload).stream()
                .max(comparing((Pod pod) -> !isTerminating(pod))
                        .thenComparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .map(this::resource);
    }

    /** Those of the gateway that are ready and not terminating. */
    List<Pod> gateway() {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("gateway.networking.k8s.io/gateway-name", "edge")
                .list()
                .getItems()
                .stream()
                .filter(Cluster::isReady)
                .toList();
    }

    /** Whether the workload's EndpointSlices list this pod. */
    boolean isListed(String workload, Pod pod) {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", workload)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .anyMatch(endpoint -> endpoint.getTargetRef().getName().equals(nameOf(pod))
                        && endpoint.getConditions().getReady());
    }

    PodResource resource(Pod pod) {
        return client.pods().inNamespace(namespace).withName(nameOf(pod));
    }

    /** The state of the pod's main container, not of its sidecar. */
    static Optional<ContainerStatus> container(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(each -> !each.getName().equals("istio-proxy"))
                .findFirst();
    }

    /** Identifies the workloads' current pods and containers, so that a replacement is noticed. */
    Set<String> podIdentities(Collection<String> workloads) {
        return workloads.stream()
                .flatMap(workload -> notTerminating(workload).stream())
                .map(pod -> nameOf(pod) + " " + pod.getMetadata().getUid() + " "
                        + container(pod).map(ContainerStatus::getContainerID).orElse("not started"))
                .collect(Collectors.toSet());
    }

    static String nameOf(HasMetadata object) {
        return object.getMetadata().getName();
    }

    /** Ready, and not terminating. */
    static boolean isReady(Pod pod) {
        return !isTerminating(pod) && Readiness.isPodReady(pod);
    }

    static boolean isTerminating(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    void scale(String workload, int replicas) {
        workload(workload)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"replicas\": %d}}".formatted(replicas));
    }

    /** Stops a roll-out where it is, or lets it go on. */
    void pause(String service, boolean paused) {
        workload(service)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"paused\": %s}}".formatted(paused));
    }

    int replicas(String workload) {
        return workload(workload).require().<Integer>get("spec", "replicas");
    }

    /** Returns once the workloads are rolled out: all pods of the newest version, as many as wanted, and ready. */
    void awaitRolledOut(String... workloads) {
        await("roll-out of " + String.join(", ", workloads))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions() // it may not exist yet
                .until(() -> Arrays.stream(workloads).allMatch(this::isRolledOut));
    }

    boolean isRolledOut(String workload) {
        GenericKubernetesResource now = workload(workload).require();
        int wanted = now.<Integer>get("spec", "replicas");
        return wanted > 0
                && now.getMetadata().getGeneration().intValue() == now.<Integer>get("status", "observedGeneration")
                && Stream.of("replicas", "updatedReplicas", "readyReplicas")
                        .allMatch(count -> Objects.equals(wanted, now.<Integer>get("status", count)));
    }

    /** Whether the autoscaler has measured the workload and wants one instance. */
    boolean isScaledToOne(String workload) {
        HorizontalPodAutoscalerStatus autoscaler = client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(workload)
                .require()
                .getStatus();
        return notTerminating(workload).size() == 1
                && autoscaler.getDesiredReplicas() == 1
                && autoscaler.getCurrentMetrics().stream()
                        .anyMatch(metric ->
                                metric.getContainerResource().getCurrent().getAverageUtilization() != null);
    }

    boolean hasNoJobLeftToDo() {
        return client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                .allMatch(job -> job.getStatus().getCompletionTime() != null);
    }

    private Resource<GenericKubernetesResource> workload(String name) {
        return client.genericKubernetesResources(
                        "apps/v1", LiveLandscape.SERVICES.contains(name) ? "Deployment" : "StatefulSet")
                .inNamespace(namespace)
                .withName(name);
    }
}
