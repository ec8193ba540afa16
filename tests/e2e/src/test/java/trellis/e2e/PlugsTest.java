package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/plugs.md shows is accepted by an API server that has the definitions of the projects it is about. They come
 * from the projects' Go modules, and those that the cluster did not have are removed again.
 */
@ClusterTest
@Tag("signals")
class PlugsTest {
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    /** Files by the module that has them. */
    private static final Map<String, List<String>> DEFINITIONS = Map.of(
            "github.com/prometheus-operator/prometheus-operator@v0.85.0",
            List.of(
                    "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
                    "example/prometheus-operator-crd/monitoring.coreos.com_prometheuses.yaml",
                    "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml"),
            "github.com/open-telemetry/opentelemetry-operator@v0.136.0",
            List.of("config/crd/bases/opentelemetry.io_opentelemetrycollectors.yaml"));

    private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
    private static final TestNamespace NAMESPACE =
            new TestNamespace(CLIENT, Target.fromEnvironment().namespace() + "-plugs");
    private static final List<Resource<CustomResourceDefinition>> ADDED = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void defineWhatTheClusterDoesNotKnow() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(program -> Files.isExecutable(Path.of(program, "go"))),
                "There is no go on the PATH, which gets the definitions: docs/plugs.md is unproven here");
        for (Map.Entry<String, List<String>> module : DEFINITIONS.entrySet()) {
            Path sources = download(module.getKey());
            for (String file : module.getValue()) {
                define(sources.resolve(file));
            }
        }
        NAMESPACE.create();
        DryRun.createAccounts(CLIENT, NAMESPACE.name());
    }

    @AfterAll
    static void removeThem() {
        ADDED.forEach(Resource::delete);
        NAMESPACE.delete();
        CLIENT.close();
    }

    @Test
    void everyFragmentOfValuesIsInstalled() throws IOException {
        List<String> fragments = blocks().filter(block -> !isObject(block) && !isOfTheSignals(block))
                .toList();
        assertEquals(4, fragments.size());
        for (String values : fragments) {
            String said = accept("""
                    helm template any helm/trellis --values "$0" --namespace "$1" \\
                        --api-versions monitoring.coreos.com/v1/PodMonitor""", values);
            assertTrue(said.contains("podmonitor.monitoring.coreos.com/product serverside-applied"), said);
        }
    }

    @Test
    void theRulesAreTaken() throws IOException {
        List<String> fragments = blocks().filter(PlugsTest::isOfTheSignals).toList();
        assertEquals(1, fragments.size());
        String said =
                accept("helm template any helm/observability --values \"$0\" --namespace \"$1\"", fragments.getFirst());
        assertTrue(said.contains("prometheusrule.monitoring.coreos.com/trellis serverside-applied"), said);
    }

    @Test
    void everyObjectOfAnotherProjectIsTaken() throws IOException {
        List<String> objects = blocks().filter(PlugsTest::isObject).toList();
        assertEquals(2, objects.size());
        for (String object : objects) {
            assertTrue(accept("cat \"$0\"", object).contains("serverside-applied (server dry run)"), object);
        }
    }

    /** Returns what the API server says of the objects that the command writes. */
    private String accept(String command, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("text.yaml"), text);
        String script = "set -euo pipefail\n" + command
                + " | kubectl apply --server-side --dry-run=server --validate=strict --namespace \"$1\" --filename -";
        return Command.of("bash", "-c", script, file.toString(), NAMESPACE.name())
                .run();
    }

    private static boolean isOfTheSignals(String block) {
        return block.startsWith("# helm/observability\n");
    }

    private static boolean isObject(String block) {
        return block.startsWith("apiVersion:");
    }

    private static Stream<String> blocks() throws IOException {
        String page = Files.readString(Command.repository().resolve("docs/plugs.md"));
        return YAML.matcher(page).results().map((MatchResult block) -> block.group(1));
    }

    /** Returns the folder of the module's files. */
    private static Path download(String module) throws IOException {
        JsonNode answer = new ObjectMapper()
                .readTree(Command.of("go", "mod", "download", "-json", module)
                        .in(Path.of("/"), Map.of("GOFLAGS", "-mod=mod"))
                        .run());
        return Path.of(answer.path("Dir").asText());
    }

    private static void define(Path file) {
        var definition = CLIENT.apiextensions().v1().customResourceDefinitions().load(file.toFile());
        if (definition.get() == null) {
            Command.of("kubectl", "apply", "--server-side", "--filename", file.toString())
                    .run();
            ADDED.add(definition);
            definition.waitUntilCondition(PlugsTest::isEstablished, 1, MINUTES);
        }
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return Optional.ofNullable(definition.getStatus()).map(CustomResourceDefinitionStatus::getConditions).stream()
                .flatMap(List::stream)
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }
}
