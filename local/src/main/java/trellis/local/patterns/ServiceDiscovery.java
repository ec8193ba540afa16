package trellis.local.patterns;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A new instance is called by the name of its service, and one that goes is called no more. */
record ServiceDiscovery(Scene scene) implements Pattern {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int AT_ONCE = 20; // without a mesh a connection stays with its instance

    @Override
    public String name() {
        return "service discovery";
    }

    @Override
    public String done() {
        return Scene.NEIGHBOUR + " got one instance more, and then lost it again";
    }

    @Override
    public Finding show() {
        Cluster cluster = scene.cluster();
        int before = cluster.replicas(Scene.NEIGHBOUR);
        List<Answer> reads;
        Duration listed;
        Map<String, Long> answered = new HashMap<>();
        try (Reads running = new Reads(scene.api(), scene.page().productId())) {
            try (Undo.Step more = cluster.scale(Scene.NEIGHBOUR, before + 1)) {
                listed = Waiting.until(
                        "one more endpoint of " + Scene.NEIGHBOUR,
                        START,
                        () -> cluster.listed(Scene.NEIGHBOUR).size() == before + 1);
                List<String> all = cluster.listed(Scene.NEIGHBOUR);
                Map<String, Long> at = answers(all);
                Waiting.until("an answer of each of " + all, SOON, () -> {
                    scene.api().pages(scene.page().productId(), AT_ONCE);
                    answers(all).forEach((pod, count) -> answered.put(pod, count - at.get(pod)));
                    return answered.values().stream().allMatch(count -> count > 0);
                });
            }
            Waiting.until(
                    "one endpoint of " + Scene.NEIGHBOUR + " less",
                    SOON,
                    () -> cluster.listed(Scene.NEIGHBOUR).size() == before);
            reads = running.end();
        }
        return Finding.of(
                Reads.failed(reads).isEmpty(),
                "listed in an EndpointSlice %s after it was asked for; under the one name http://%s answered %s; %s",
                Waiting.seconds(listed),
                Scene.NEIGHBOUR,
                answered.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue() + " calls")
                        .sorted()
                        .collect(Collectors.joining(", ")),
                Reads.summary(reads));
    }

    private Map<String, Long> answers(List<String> pods) {
        return pods.stream().collect(Collectors.toMap(pod -> pod, pod -> (long) scene.cluster()
                .metrics(pod)
                .sum("http_server_requests_seconds_count", "uri=\"/v1/" + Scene.PART + "\"")));
    }
}
