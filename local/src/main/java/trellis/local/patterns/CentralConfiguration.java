package trellis.local.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trellis.local.cluster.Kubectl;

/**
 * A setting reaches every instance of its service by a roll-out. The chart is not at hand, which would write the changed
 * ConfigMap and roll out its service; so a changed copy of it takes its place.
 */
record CentralConfiguration(Scene scene) implements Pattern {
    private static final String SERVICE = "recommendation";
    private static final String COPY = ManagedFields.OURS + "-" + SERVICE;
    private static final String FILE = "application.properties";
    private static final String SETTING = "recommendation.minimum-rate";
    private static final int VALUE = (Page.LOW + Page.HIGH) / 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "central configuration";
    }

    @Override
    public String done() {
        return SERVICE + " got a copy of its ConfigMap with " + SETTING + "=" + VALUE + ", and then its own again";
    }

    @Override
    public Finding show() {
        Cluster cluster = scene.cluster();
        Kubectl kubectl = cluster.kubectl();
        List<String> others = othersThan(cluster);
        List<Answer> reads;
        Duration rolledOut;
        List<String> pods;
        try (Reads running = new Reads(scene.api(), scene.page().productId());
                Undo.Step copy =
                        scene.undo().add("the ConfigMap " + COPY + " is to be deleted", () -> forget(kubectl))) {
            kubectl.apply(changed(kubectl.json("get", "configmap", SERVICE, "--output=json")));
            try (Undo.Step volume = configuration(kubectl).set(TextNode.valueOf(COPY), scene.undo())) {
                rolledOut = Waiting.until("the roll-out of " + SERVICE, PATIENCE, () -> cluster.isRolledOut(SERVICE));
                pods = cluster.ready(SERVICE);
                Waiting.until("pages with the higher rate alone", SOON, this::showsOnlyTheHigherRate);
            }
            Waiting.until("the roll-out back of " + SERVICE, PATIENCE, () -> cluster.isRolledOut(SERVICE));
            reads = running.end();
        }
        boolean alone = others.equals(othersThan(cluster));
        return Finding.of(
                Reads.failed(reads).isEmpty() && alone,
                "%s had it after %s, and the page showed one recommendation instead of two; %s; %s",
                String.join(", ", pods),
                Waiting.seconds(rolledOut),
                alone ? "no other service was rolled out" : "another service was rolled out, too",
                Reads.summary(reads));
    }

    /** Also what a run has left that was killed. */
    static void forget(Kubectl kubectl) {
        kubectl.run("delete", "configmap", COPY, "--ignore-not-found");
    }

    private static ObjectNode changed(JsonNode original) {
        ObjectNode copy = Ours.object("v1", "ConfigMap", COPY);
        copy.put("immutable", true);
        ObjectNode data = copy.putObject("data");
        original.path("data").properties().forEach(file -> data.set(file.getKey(), file.getValue()));
        data.put(FILE, with(original.path("data").path(FILE).asText()));
        return copy;
    }

    /** With the setting once, whether or not it was there. */
    static String with(String properties) {
        return properties
                .lines()
                .filter(line -> !line.startsWith(SETTING + "="))
                .collect(Collectors.joining("\n", "", "\n" + SETTING + "=" + VALUE + "\n"));
    }

    private static DeploymentField configuration(Kubectl kubectl) {
        JsonNode volumes =
                kubectl.json("get", "deployment", SERVICE, "--output=json").at("/spec/template/spec/volumes");
        int index = IntStream.range(0, volumes.size())
                .filter(i -> volumes.get(i).path("name").asText().equals("configuration"))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("The Deployment " + SERVICE + " has no volume configuration"));
        return new DeploymentField(kubectl, SERVICE, "/spec/template/spec/volumes/" + index + "/configMap/name");
    }

    /** An instance that has just started may be slow, and then its part is missing. */
    private boolean showsOnlyTheHigherRate() {
        Set<Integer> shown = scene.api().pages(scene.page().productId(), 10).stream()
                .filter(page -> page.status() == 200 && !page.missing().contains("recommendations"))
                .map(page -> page.json().path("recommendations").size())
                .collect(Collectors.toSet());
        return shown.equals(Set.of(1));
    }

    private static List<String> othersThan(Cluster cluster) {
        return cluster.services().stream()
                .filter(service -> !service.equals(SERVICE))
                .flatMap(service -> cluster.ready(service).stream())
                .sorted()
                .toList();
    }
}
