package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ListVisitFromServerGetDeleteRecreateWaitApplicable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Instances are found by themselves, and what they have said stays when they are gone. */
@ClusterTest
@Tag("signals")
class ComingAndGoingTest {
    private static final int INSTANCES = 10;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Cluster cluster;

    ComingAndGoingTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        cluster = landscape.cluster();
    }

    @Test
    void eachLineOfTenInstancesThatLiveForAMomentIsThere() {
        Set<String> expected = IntStream.range(0, INSTANCES)
                .mapToObj(number -> "I was number " + number)
                .collect(toSet());
        try (var shells = new ShellPods(cluster, landscape.shellImage())) {
            IntStream.range(0, INSTANCES)
                    .forEach(number -> shells.start("short-lived-" + number, "echo I was number " + number));
            shells.awaitEnded();
        }
        awaitMessages("short-lived-", expected);
    }

    @Test
    void logsAndMetricsOfTenInstancesAreThereWhenTheyAreGone() {
        ListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> instances = Resources.objects(
                        cluster.client(), "/measured.yaml", landscape.javaImage(), INSTANCES)
                .inNamespace(cluster.namespace());
        Set<String> pods;
        try {
            instances.serverSideApply();
            await("ten instances")
                    .atMost(90, SECONDS)
                    .until(() -> measured().stream().filter(Cluster::isReady).count() == INSTANCES);
            pods = measured().stream().map(Cluster::nameOf).collect(toSet());
            await("metrics of ten instances").atMost(60, SECONDS).until(() -> podsIn("measured"), pods::equals);
        } finally {
            instances.delete();
        }
        await("their end").atMost(60, SECONDS).until(() -> measured().isEmpty());
        assertEquals(pods, podsIn("last_over_time(measured[10m])"));
        await("logs of ten instances")
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertEquals(
                        pods,
                        recordsOf("measured-").stream()
                                .map(record -> record.path(Logs.POD).asText())
                                .collect(toSet())));
    }

    @Test
    void aNewInstanceOfAServiceIsFoundAndTheOldOneIsNotForgotten() {
        cluster.scale("review", 2);
        cluster.awaitRolledOut("review");
        Set<String> both = cluster.ready("review").stream().map(Cluster::nameOf).collect(toSet());
        await("metrics of both").atMost(60, SECONDS).until(() -> podsIn("jvm_threads_live_threads{service=\"review\"}")
                .containsAll(both));
        cluster.scale("review", 1);
        await("the end of one")
                .atMost(60, SECONDS)
                .until(() -> cluster.pods("review").size() == 1);
        assertEquals(
                both, intersection(podsIn("last_over_time(jvm_threads_live_threads{service=\"review\"}[10m])"), both));
        for (String pod : both) {
            await("the log of " + pod)
                    .atMost(10, SECONDS)
                    .until(() -> !signals.logs().ofPod(cluster.namespace(), pod).isEmpty());
        }
    }

    private List<Pod> measured() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app.kubernetes.io/name", "measured")
                .list()
                .getItems();
    }

    private Set<String> podsIn(String query) {
        return signals.series().matching(query).stream()
                .filter(sample -> sample.label("namespace").equals(cluster.namespace()))
                .map(sample -> sample.label("pod"))
                .collect(toSet());
    }

    private void awaitMessages(String pods, Set<String> expected) {
        await("the lines of " + pods)
                .atMost(20, SECONDS)
                .untilAsserted(() -> assertEquals(
                        expected,
                        recordsOf(pods).stream()
                                .map(record -> record.path(Logs.MESSAGE).asText())
                                .collect(toSet())));
    }

    private List<JsonNode> recordsOf(String pods) {
        return signals.logs()
                .matching(
                        Logs.with(Logs.NAMESPACE, cluster.namespace()) + " \"%s\":~\"^%s\"".formatted(Logs.POD, pods));
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both;
    }
}
