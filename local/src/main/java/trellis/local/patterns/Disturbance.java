package trellis.local.patterns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import trellis.local.cluster.Kubectl;

/** What is done to {@link Scene#NEIGHBOUR}: in a mesh it becomes slow, without one there is no instance of it for a while. */
final class Disturbance {
    private static final String KIND = "virtualservices.networking.istio.io";
    private static final String NAME = ManagedFields.OURS + "-" + Scene.NEIGHBOUR;

    private final Cluster cluster;
    private Instant takenAway = Instant.MAX;

    Disturbance(Cluster cluster) {
        this.cluster = cluster;
    }

    /** When that was done last; far in the future if never. */
    Instant takenAway() {
        return takenAway;
    }

    /** Whether it can be made slow: a mesh does not take a second rule for the same host. */
    boolean canDelay() {
        return cluster.isInTheMesh(Scene.NEIGHBOUR)
                && cluster.kubectl().list(KIND, "").stream()
                        .flatMap(rule -> rule.at("/spec/hosts").valueStream())
                        .noneMatch(host -> host.asText().split("\\.")[0].equals(Scene.NEIGHBOUR));
    }

    /** Every call of it takes that much longer, until what is returned is closed. */
    Undo.Step delay(Duration delay) {
        Undo.Step step =
                cluster.undo().add("the VirtualService " + NAME + " is to be deleted", () -> forget(cluster.kubectl()));
        cluster.kubectl().apply(rule(delay));
        return step;
    }

    /** Slow enough for every call to time out, or no instance of it. */
    Undo.Step takeAway() {
        takenAway = Instant.now();
        return canDelay() ? delay(Duration.ofSeconds(3)) : cluster.scale(Scene.NEIGHBOUR, 0);
    }

    /** What {@link #takeAway} does, in words. */
    String inWords() {
        return canDelay()
                ? Scene.NEIGHBOUR + " answers 3 s later, by a VirtualService"
                : Scene.NEIGHBOUR + " is scaled to 0";
    }

    /** Also what a run has left that was killed. */
    static void forget(Kubectl kubectl) {
        if (kubectl.find(KIND, NAME).isPresent()) {
            kubectl.run("delete", KIND, NAME, "--ignore-not-found");
        }
    }

    private static ObjectNode rule(Duration delay) {
        ObjectNode rule = Ours.object("networking.istio.io/v1", "VirtualService", NAME);
        ObjectNode spec = rule.putObject("spec");
        spec.putArray("hosts").add(Scene.NEIGHBOUR);
        ObjectNode http = spec.putArray("http").addObject();
        ObjectNode fault = JsonNodeFactory.instance.objectNode();
        fault.putObject("delay")
                .put("fixedDelay", delay.toMillis() + "ms")
                .putObject("percentage")
                .put("value", 100);
        http.set("fault", fault);
        http.putArray("route").addObject().putObject("destination").put("host", Scene.NEIGHBOUR);
        return rule;
    }
}
