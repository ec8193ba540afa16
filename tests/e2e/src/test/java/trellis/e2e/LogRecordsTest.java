package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import trellis.local.Services;

/** What the collected logs have of each line, whoever wrote it, and however it ended. */
@ClusterTest
@Tag("signals")
class LogRecordsTest {
    private static final int MEBIBYTE = 1 << 20;

    private final ClusterLandscape landscape;
    private final Signals signals;
    private final Cluster cluster;
    private final ShellPods shells;

    LogRecordsTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        cluster = landscape.cluster();
        shells = new ShellPods(cluster, landscape.shellImage());
    }

    @AfterEach
    void deletePods() {
        shells.close();
    }

    @ParameterizedTest
    @FieldSource("trellis.e2e.LiveLandscape#SERVICES")
    void aLineOfAServiceSaysFromWhichVersionPodAndNodeItIs(String service) {
        Pod pod = cluster.ready(service).getFirst();
        String version = pod.getMetadata().getLabels().get("app.kubernetes.io/version");
        List<JsonNode> records =
                awaitRecords(Logs.with(Logs.POD, Cluster.nameOf(pod)) + " " + Logs.with(Logs.CONTAINER, service));
        for (JsonNode record : records) {
            assertEquals(cluster.namespace(), record.path(Logs.NAMESPACE).asText(), record::toString);
            assertEquals(service, record.path(Logs.SERVICE).asText(), record::toString);
            assertEquals(version, record.path(Logs.VERSION).asText(), record::toString);
            assertEquals(pod.getSpec().getNodeName(), record.path(Logs.NODE).asText(), record::toString);
            assertFalse(record.path(Logs.MESSAGE).asText().isBlank(), record::toString);
            assertFalse(record.path(Logs.MESSAGE).asText().startsWith("{"), record::toString);
            assertFalse(record.path("severity_text").asText().isBlank(), record::toString);
        }
    }

    static Stream<String> jobs() {
        return Stream.concat(Services.CORE.stream().map(service -> service + "-migration"), Stream.of("kafka-topics"));
    }

    /** They have ended before anything was there that collects logs. */
    @ParameterizedTest
    @MethodSource("jobs")
    void linesOfJobsAreThere(String job) {
        awaitRecords("\"%s\":~\"^%s-\"".formatted(Logs.POD, job));
    }

    @Test
    void aStackTraceIsOneRecord() {
        shells.start("stack-trace", """
                echo before
                echo 'Exception in thread "main" java.lang.IllegalStateException: unplugged'
                printf '\\tat kitchen.Kettle.boil(Kettle.java:7)\\n\\tat kitchen.Kitchen.main(Kitchen.java:3)\\n'
                echo 'Caused by: java.io.IOException: no water'
                printf '\\t... 2 more\\n'
                echo after
                """);
        List<String> messages = awaitMessages("stack-trace", "after");
        assertEquals(3, messages.size(), messages::toString);
        assertTrue(
                Stream.of("unplugged", "Kettle.java:7", "Kitchen.java:3", "no water", "2 more")
                        .allMatch(messages.get(1)::contains),
                messages::toString);
    }

    @Test
    void theLastLinesOfACrashAreThere() {
        shells.start("crash", "i=0; while [ $i -lt 50 ]; do echo line $i; i=$((i + 1)); done; exit 134");
        List<String> messages = awaitMessages("crash", "line 49");
        assertEquals(50, messages.size(), messages::toString);
    }

    @Test
    void whatTheJavaRuntimeSaysWhenItCrashesIsThere() {
        Pod pod = cluster.ready("review").getFirst();
        landscape.privilegedPod().send("SEGV", pod);
        awaitMessages(Cluster.nameOf(pod), "A fatal error has been detected by the Java Runtime Environment");
    }

    @Test
    void aLineOfMegabytesIsCutAndNotLostNorAreThoseAfterIt() {
        shells.start(
                "long-line",
                "printf begin; head -c %d /dev/zero | tr '\\0' x; echo; echo after".formatted(3 * MEBIBYTE));
        List<String> messages = awaitMessages("long-line", "after");
        assertTrue(messages.stream().anyMatch(message -> message.startsWith("beginx")), "Its beginning is not there");
        assertTrue(
                messages.stream().allMatch(message -> message.length() <= MEBIBYTE),
                () -> messages.stream().map(message -> "" + message.length()).collect(joining(", ", "Not cut: ", "")));
    }

    private List<String> awaitMessages(String pod, String last) {
        String ofPod = Logs.with(Logs.NAMESPACE, cluster.namespace()) + " " + Logs.with(Logs.POD, pod);
        await("'" + last + "' in the log of " + pod)
                .atMost(40, SECONDS)
                .until(() -> signals.logs().matching(ofPod).stream()
                        .anyMatch(record -> record.path(Logs.MESSAGE).asText().contains(last)));
        return signals.logs().matching(ofPod + " | sort by (" + Logs.TIME + ")").stream()
                .map(record -> record.path(Logs.MESSAGE).asText())
                .toList();
    }

    private List<JsonNode> awaitRecords(String query) {
        String inTheLandscape = Logs.with(Logs.NAMESPACE, cluster.namespace()) + " " + query;
        return await("records matching " + query)
                .atMost(40, SECONDS)
                .until(() -> signals.logs().matching(inTheLandscape), found -> !found.isEmpty());
    }
}
