package trellis.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The CPU and memory of containers in a period, as their kubelets report them every few seconds. */
final class Usage {
    private static final double BYTES_PER_MIB = 1 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Predicate<Container> wanted;
    private final Instant since = Instant.now();
    private final Map<Container, Sample> first = new HashMap<>();
    private final Map<Container, Sample> last = new HashMap<>();

    record Container(String namespace, String pod, String name) {
        /** The name of the Deployment or StatefulSet. */
        String workload() {
            return pod.replaceFirst("(-[a-z0-9]{6,10}-[a-z0-9]{5}|-[0-9]+)$", "");
        }

        boolean isProxy() {
            return name.equals("istio-proxy");
        }
    }

    private record Sample(Instant time, long nanoseconds, long bytes) {}

    /** From now on, of these containers. */
    Usage(Predicate<Container> wanted) {
        this.wanted = wanted;
    }

    /** Asks the kubelets. What they measured before the period, and still report, is ignored. */
    void sample() throws InterruptedException {
        for (String node :
                Tool.run("kubectl", "get", "nodes", "--output", "name").split("\\s+")) {
            String name = node.substring(node.indexOf('/') + 1);
            String stats = Tool.run("kubectl", "get", "--raw", "/api/v1/nodes/" + name + "/proxy/stats/summary");
            for (JsonNode pod : read(stats).path("pods")) {
                String namespace = pod.at("/podRef/namespace").asText();
                for (JsonNode each : pod.path("containers")) {
                    var container = new Container(
                            namespace,
                            pod.at("/podRef/name").asText(),
                            each.path("name").asText());
                    if (wanted.test(container) && each.has("cpu") && each.has("memory")) {
                        keep(container, each);
                    }
                }
            }
        }
    }

    /** Those with two samples at least. */
    Set<Container> containers() {
        return last.keySet();
    }

    /** The average number of cores in use. */
    double cores(Container container) {
        Sample from = first.get(container);
        Sample to = last.get(container);
        return (to.nanoseconds() - from.nanoseconds())
                / (double) Duration.between(from.time(), to.time()).toNanos();
    }

    /** The working set at the end, which the kubelet compares with limits. */
    double mebibytes(Container container) {
        return last.get(container).bytes() / BYTES_PER_MIB;
    }

    private void keep(Container container, JsonNode stats) {
        var sample = new Sample(
                Instant.parse(stats.at("/cpu/time").asText()),
                stats.at("/cpu/usageCoreNanoSeconds").asLong(),
                stats.at("/memory/workingSetBytes").asLong());
        if (sample.time().isBefore(since)) {
            return;
        }
        if (sample.time()
                .isAfter(first.computeIfAbsent(container, any -> sample).time())) {
            last.put(container, sample);
        }
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A kubelet's statistics can't be read", e);
        }
    }
}
