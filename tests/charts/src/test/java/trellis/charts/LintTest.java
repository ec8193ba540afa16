package trellis.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others' linters find in the charts. Each runs where it is installed, and what is left out is said in the output.
 * docs/chart-findings.md lists the findings that are accepted.
 */
class LintTest {
    private static final Pattern RULE = Pattern.compile("`(CKV_K8S_[0-9]+|[a-z]+(?:-[a-z]+)+)`");

    /** The oldest Kubernetes that the charts support, and that of the box. */
    private static final List<String> KUBERNETES = List.of("1.30.0", "1.37.0");

    /** Of the Gateway API and of Istio, whose definitions are not among those of Kubernetes; the API server judges them. */
    private static final String NOT_OF_KUBERNETES = String.join(
            ",",
            "Gateway",
            "HTTPRoute",
            "AuthorizationPolicy",
            "DestinationRule",
            "EnvoyFilter",
            "PeerAuthentication",
            "PodMonitor",
            "PrometheusRule",
            "RequestAuthentication",
            "ServiceEntry",
            "Sidecar",
            "Telemetry");

    @TempDir
    private Path folder;

    static Stream<Chart> charts() {
        return Stream.concat(Chart.SERVICES.stream(), Stream.of("backing", "mesh", "observability", "trellis"))
                .map(Chart::of);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void helmLintIsStrictlySatisfied(Chart chart) {
        LintResult result = new Helm(chart.folder()).lint().strict().call();
        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void kubeconformKnowsEveryFieldOfTheOldestAndTheNewestKubernetes() throws Exception {
        String schemas = System.getenv("KUBERNETES_SCHEMAS");
        if (schemas == null) {
            leaveOut("kubeconform", "KUBERNETES_SCHEMAS is not set");
        }
        renderAll();
        for (String version : KUBERNETES) {
            run(
                    "kubeconform",
                    "-strict",
                    "-kubernetes-version",
                    version,
                    "-schema-location",
                    schemas,
                    "-skip",
                    NOT_OF_KUBERNETES,
                    folder.toString());
        }
    }

    /** What is installed together, by a name for its file. */
    static Stream<Arguments> installations() {
        return Stream.concat(
                Chart.shapes()
                        .map(shape -> arguments(
                                shape.getFileName().toString(),
                                Chart.landscape().with(shape))),
                Stream.of(arguments("observability.yaml", Chart.of("observability"))));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void kubeScoreFindsOnlyWhatIsAccepted(String file, Chart installed) throws Exception {
        JsonNode report = json(run(
                "kube-score",
                "score",
                "--exit-one-on-warning=false",
                "--output-format=json",
                render(file, installed).toString()));
        Set<String> found = report.valueStream()
                .flatMap(object -> object.path("checks").valueStream())
                .filter(check -> check.path("grade").asInt() < 10
                        && !check.path("skipped").asBoolean())
                .map(check -> check.at("/check/id").asText())
                .collect(Collectors.toSet());
        assertThat(report).isNotEmpty();
        assertThat(found).isSubsetOf(accepted());
    }

    @Test
    void checkovFindsOnlyWhatIsAccepted() throws Exception {
        renderAll();
        JsonNode report = json(run(
                "checkov",
                "--framework=kubernetes",
                "--soft-fail",
                "--quiet",
                "--output=json",
                "--directory",
                folder.toString()));
        assertThat(report.at("/summary/resource_count").asInt()).isPositive();
        assertThat(report.at("/results/failed_checks").findValuesAsText("check_id"))
                .isSubsetOf(accepted());
    }

    private static Set<String> accepted() throws IOException {
        return RULE.matcher(Files.readString(Chart.REPOSITORY.resolve("docs/chart-findings.md")))
                .results()
                .map(rule -> rule.group(1))
                .collect(Collectors.toSet());
    }

    private void renderAll() throws IOException {
        for (Arguments installation : installations().toList()) {
            render((String) installation.get()[0], (Chart) installation.get()[1]);
        }
    }

    private Path render(String file, Chart installed) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        List<String> objects = new ArrayList<>();
        for (JsonNode object : installed.render().objects()) {
            objects.add(yaml.writeValueAsString(object));
        }
        return Files.writeString(folder.resolve(file), String.join("", objects));
    }

    /** Its output; aborts the test if there is no such program. */
    private static String run(String program, String... arguments) throws Exception {
        Path found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null) {
            leaveOut(program, "it is not on the PATH");
        }
        Process process = new ProcessBuilder(Stream.concat(Stream.of(found.toString()), Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = process.waitFor();
        assertThat(exit).as("%s: %s", program, output).isLessThanOrEqualTo(program.equals("kube-score") ? 1 : 0);
        return output;
    }

    private static void leaveOut(String program, String reason) {
        System.err.printf(
                "LEFT OUT: %s did not judge the charts, since %s (docs/chart-findings.md)%n", program, reason);
        abort(program + ": " + reason);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
