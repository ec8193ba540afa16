package trellis.local.patterns;

import java.time.Duration;
import java.util.List;

/** An instance that is gone is replaced. */
record ControlLoop(Scene scene) implements Pattern {
    private static final String SERVICE = "product";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "control loop";
    }

    @Override
    public String done() {
        return "an instance of " + SERVICE + " was deleted, with a second to end";
    }

    @Override
    public Finding show() {
        Cluster cluster = scene.cluster();
        List<String> before = cluster.ready(SERVICE);
        String deleted = before.getFirst();
        Duration replaced;
        List<Answer> reads;
        try (Reads running = new Reads(scene.api(), scene.page().productId())) {
            cluster.kubectl().run("delete", "pod", deleted, "--now", "--wait=false");
            replaced = Waiting.until("another instance of " + SERVICE, PATIENCE, () -> {
                List<String> now = cluster.ready(SERVICE);
                return now.size() == before.size() && !now.contains(deleted);
            });
            Waiting.until("a whole page", PATIENCE, this::isWhole);
            reads = running.end();
        }
        List<String> fresh = cluster.ready(SERVICE).stream()
                .filter(pod -> !before.contains(pod))
                .toList();
        return Finding.of(
                Reads.failed(reads).isEmpty(),
                "%s was replaced by %s, which was ready after %s; %s",
                deleted,
                String.join(", ", fresh),
                Waiting.seconds(replaced),
                Reads.summary(reads));
    }

    private boolean isWhole() {
        return scene.api().page(scene.page().productId()).isWhole();
    }
}
