package trellis.e2e;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a user writes into a values file is installed, or refused with a message that names it. {@code
 * -Dfuzz.values} says how many: {@code 5000}, or {@code 60s}.
 */
@Tag("cluster")
@Timeout(value = 2, unit = HOURS)
class GeneratedValuesTest {
    private static final Path FOLDER = Command.repository().resolve("helm/trellis");

    /** What no user understands. */
    private static final Pattern UNHELPFUL = Pattern.compile(
            "nil pointer|executing \"|error calling|can't evaluate|wrong type|panic|runtime error|invalid memory"
                    + "|yaml: |YAML parse|unmarshal|json: |got &value|cannot be handled");

    private static final String VALID = "valid";
    private static final String API_SERVER = "the API server";
    private static final String SCHEMA = "a schema";
    private static final String CHART = "a chart";
    private static final String REFUSED_BY_SCHEMA = "values don't meet the specifications of the schema";
    private static final Pattern OF_EVERY_RENDERING = Pattern.compile("password: .*");

    private final RandomSource chance = RandomSource.ofThisRun("values");
    private final ChartSchema schema = new ChartSchema(FOLDER.resolve("values.schema.json"));
    private final ChartValues valid = new ChartValues(chance, schema);
    private final ChartMistakes mistakes = new ChartMistakes(chance, schema);
    private final List<ChartSchema.Place> next = new ArrayList<>();
    private final Violations violations = new Violations();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final String version = client.getKubernetesVersion().getGitVersion();
    private final String namespace = Target.fromEnvironment().namespace() + "-values";
    private final DryRun cluster = new DryRun(client, namespace);

    @TempDir
    private Path folder;

    @Test
    void eachIsInstalledOrRefusedByItsName() throws IOException {
        var emptyNamespace = client.resource(new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .build());
        emptyNamespace.serverSideApply();
        DryRun.createAccounts(client, namespace);
        try {
            tryOut(RunLength.of("fuzz.values", "60s"));
        } finally {
            emptyNamespace.delete();
            client.close();
        }
        violations.requireNone();
    }

    private void tryOut(RunLength length) throws IOException {
        List<Path> shapes = shapes();
        while (length.another()) {
            Path shape = chance.oneOf(shapes);
            if (chance.oneIn(3)) {
                List<WrittenValue> chosen = Stream.generate(this::validOfTheNextKey)
                        .limit(chance.between(1, 6))
                        .toList();
                isInstalled(shape, chosen, VALID);
            } else {
                isInstalled(shape, List.of(mistakes.next()), "doubtful");
            }
        }
        System.out.printf("values: %s, objects: %d, %s%n", length, cluster.asked(), outcomes);
        assertTrue(
                outcomes.get("accepted, " + VALID) > length.done() / 4,
                () -> "Most values that a schema allows can be installed: " + outcomes);
    }

    /** In a few hundred values, every key has its turn. */
    private WrittenValue validOfTheNextKey() {
        if (next.isEmpty()) {
            next.addAll(schema.leaves());
        }
        ChartSchema.Place place = next.remove(chance.between(0, next.size() - 1));
        return WrittenValue.of(place.path(), valid.value(place.schema()));
    }

    /** Judges a refusal; if one of the values is refused alone, then that instead. */
    private boolean isInstalled(Path shape, List<WrittenValue> chosen, String kind) throws IOException {
        String by;
        String message;
        try {
            Optional<String> refusal = cluster.refusal(render(shape, chosen));
            if (refusal.isEmpty()) {
                outcomes.merge("accepted, " + kind, 1, Integer::sum);
                return true;
            }
            by = API_SERVER;
            message = refusal.get();
        } catch (IllegalStateException refused) {
            message = refused.getMessage();
            by = message.contains(REFUSED_BY_SCHEMA) ? SCHEMA : CHART;
        }
        boolean oneAlone = false;
        for (WrittenValue value : chosen.size() > 1 ? chosen : List.<WrittenValue>of()) {
            oneAlone |= !isInstalled(shape, List.of(value), kind);
        }
        if (!oneAlone) {
            outcomes.merge("refused by %s, %s".formatted(by, kind), 1, Integer::sum);
            judge(by, chosen, message, kind, shape.getFileName().toString());
        }
        return false;
    }

    private void judge(String by, List<WrittenValue> chosen, String message, String kind, String shape) {
        String keys = chosen.stream().map(WrittenValue::key).collect(joining(" and "));
        String example = chosen + " in " + shape + "\n" + message;
        if (UNHELPFUL.matcher(message).find()) {
            violations.add("an unhelpful message of " + by + " about " + keys, example);
        } else if (kind.equals(VALID) && by.equals(SCHEMA)) {
            violations.add("allowed by one schema and refused by another: " + keys, example);
        } else if (!names(chosen, message)) {
            violations.add("a message of " + by + " that does not name " + keys, example);
        }
    }

    private static boolean names(List<WrittenValue> chosen, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return chosen.stream()
                .flatMap(value -> value.words().stream())
                .anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Throws {@link IllegalStateException} with Helm's message. */
    private List<String> render(Path shape, List<WrittenValue> chosen) throws IOException {
        TemplateCommand template = Helm.template(FOLDER.toString())
                .withName("any")
                .withNamespace(namespace)
                .withKubeVersion(version)
                .withValuesFile(shape);
        for (int i = 0; i < chosen.size(); i++) {
            template.withValuesFile(
                    Files.writeString(folder.resolve(i + ".yaml"), chosen.get(i).document()));
        }
        return Stream.of(OF_EVERY_RENDERING
                        .matcher(template.call())
                        .replaceAll("")
                        .split("(?m)^---$"))
                .filter(manifest -> manifest.contains("\nkind: "))
                .toList();
    }

    private static List<Path> shapes() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        }
    }
}
