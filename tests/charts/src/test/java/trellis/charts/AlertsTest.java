package trellis.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fires, who is told, and what a person then reads. */
class AlertsTest {
    private static final Chart CHART = Chart.of("observability").in("signals");
    private static final Path RUNBOOKS = Chart.REPOSITORY.resolve("docs/runbooks");
    private static final Path TESTS = Path.of("src/test/resources/alerts").toAbsolutePath();
    private static final Pattern QUERY = Pattern.compile("(?ms)^```promql\\n(.*?)^```");

    @TempDir
    private Path folder;

    @Test
    void promtoolAcceptsTheRulesAtEveryScale() throws Exception {
        for (int scale : new int[] {1, 10, 60}) {
            promtool("check", "rules", write(CHART.with("alerting.windowScale", scale)));
        }
    }

    static Stream<String> unitTests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("unitTests")
    void everyAlertFiresAndDoesNotJustBelow(String file) throws Exception {
        write(CHART);
        promtool("test", "rules", Files.copy(TESTS.resolve(file), folder.resolve(file)));
    }

    @Test
    void everyAlertHasAUnitTest() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (String file : unitTests().toList()) {
            tests.append(Files.readString(TESTS.resolve(file)).replace("(Error|Latency)BudgetBurn", "BudgetBurn"));
        }
        assertThat(alerts(CHART)).isNotEmpty().allSatisfy(alert -> assertThat(tests)
                .contains(alert.path("alert").asText().replaceAll("(Error|Latency)(?=BudgetBurn)", "")));
    }

    @Test
    void everyAlertHasASeveritySentencesAndARunbook() {
        assertThat(alerts(CHART)).isNotEmpty().allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("page", "ticket", "none");
            assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).as(name).endsWith(".");
            assertThat(alert.at("/annotations/runbook_url").asText()).endsWith("/docs/runbooks/" + name + ".md");
            assertThat(alert.toString()).as("what stands for a value").doesNotContain("<<", ">>");
        });
    }

    @Test
    void everyAlertHasAPageThatSaysWhatToDoAndNoPageIsLeftOver() throws IOException {
        List<String> names = names();
        try (Stream<Path> pages = Files.list(RUNBOOKS)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().map(name -> name + ".md").distinct().toList());
        }
        for (String name : names) {
            assertThat(Files.readString(RUNBOOKS.resolve(name + ".md")).lines().filter(line -> line.startsWith("#")))
                    .as(name)
                    .containsExactly("# " + name, "## What it means", "## Query", "## Likely causes", "## What to do");
        }
    }

    /** So that whoever follows a page sees the series that made it fire. */
    @Test
    void aRunbookAsksForTheSeriesOfItsAlert() throws IOException {
        List<JsonNode> alerts = alerts(CHART);
        for (String name : names()) {
            String expressions = alerts.stream()
                    .filter(alert -> alert.path("alert").asText().equals(name))
                    .map(alert -> compact(alert.path("expr").asText()))
                    .collect(Collectors.joining("\n"));
            List<String> queries = QUERY.matcher(Files.readString(RUNBOOKS.resolve(name + ".md")))
                    .results()
                    .map(block -> compact(block.group(1)))
                    .toList();
            assertThat(queries).as(name).isNotEmpty().allSatisfy(query -> assertThat(expressions)
                    .contains(query));
        }
    }

    @Test
    void aScaleShortensWindowsAndWaitsAndNoThreshold() throws Exception {
        String once = text(CHART);
        String tenfold = text(CHART.with("alerting.windowScale", 10));
        assertThat(windows(once)).contains("[5m]", "[1h]", "[3d]");
        assertThat(windows(tenfold)).contains("[30s]", "[6m]", "[432m]");
        assertThat(expressions(CHART.with("alerting.windowScale", 10))).isEqualTo(expressions(CHART));
    }

    @Test
    void theObjectivesAreValues() {
        String rules = text(CHART.withYaml("alerting: {objectives: {availability: 99.5, latencyBelow: 400ms}}"));
        assertThat(rules).contains("(1 - 99.5 / 100)", "le=\"0.4\"").doesNotContain("99.9", "le=\"0.9\"");
    }

    @Test
    void aPrometheusOfTheOperatorGetsTheSameRules() throws IOException {
        assertThat(CHART.render().has("PrometheusRule")).isFalse();
        Chart plug = CHART.withYaml("alerting: {prometheusRule: {enabled: true, labels: {release: prometheus}}}");
        JsonNode rule = plug.render().one("PrometheusRule", "trellis");
        assertThat(rule.path("spec")).isEqualTo(new YAMLMapper().readTree(text(CHART)));
        assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    }

    @Test
    void theRulesCanBeAllThereIs() {
        Rendered rules = CHART.withYaml("""
                        victoriaLogs: {enabled: false}
                        jaeger: {enabled: false}
                        victoriaMetrics: {enabled: false}
                        alertmanager: {enabled: false}
                        alerting: {prometheusRule: {enabled: true}}
                        """).render();
        assertThat(rules.names()).containsExactly("PrometheusRule trellis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vmalert", "alertmanager"})
    void eitherPartCanBeLeftOut(String part) {
        assertThat(CHART.with(part + ".enabled", false).render().names())
                .isNotEmpty()
                .noneMatch(name -> name.endsWith(" " + part));
    }

    @Test
    void anotherAlertmanagerIsToldInstead() {
        Chart other =
                CHART.with("alertmanager.enabled", false).with("alertmanager.address", "https://alerts.example.org");
        assertThat(other.render().one("Deployment", "vmalert").toString())
                .contains("-notifier.url=https://alerts.example.org");
        assertThat(other.render()
                        .one("NetworkPolicy", "vmalert")
                        .at("/spec/egress")
                        .toString())
                .contains("{\"port\":443}")
                .doesNotContain("9093");
        assertThat(CHART.with("alertmanager.enabled", false)
                        .render()
                        .one("Deployment", "vmalert")
                        .toString())
                .contains("-notifier.blackhole");
    }

    @Test
    void nobodyIsToldUnlessThereIsAReceiver() throws IOException {
        assertThat(alertmanager(CHART).at("/route/receiver").asText()).isEqualTo("nobody");
        JsonNode told = alertmanager(CHART.with("alertmanager.webhook", "http://pager:8080/"));
        assertThat(told.at("/route/receiver").asText()).isEqualTo("webhook");
        assertThat(told.at("/receivers/0/webhook_configs/0/url").asText()).isEqualTo("http://pager:8080/");
        Chart team = CHART.withYaml("""
                alertmanager:
                  receivers: [{name: team, webhook_configs: [{url_file: /etc/alertmanager-secrets/pager/url}]}]
                  secrets: [pager]
                """);
        assertThat(alertmanager(team).at("/route/receiver").asText()).isEqualTo("team");
        assertThat(team.render().one("StatefulSet", "alertmanager").toString())
                .contains("/etc/alertmanager-secrets/pager", "\"secretName\":\"pager\"");
    }

    /** A matcher that names no alert would inhibit nothing, and nobody would see it. */
    @Test
    void whatInhibitsAndWhatIsInhibitedAreAlerts() throws IOException {
        List<String> names = names();
        assertThat(alertmanager(CHART).path("inhibit_rules")).isNotEmpty().allSatisfy(rule -> assertThat(
                        Stream.of("source_matchers", "target_matchers")
                                .flatMap(side -> rule.path(side).valueStream())
                                .map(JsonNode::asText)
                                .filter(matcher -> matcher.startsWith("alertname"))
                                .flatMap(AlertsTest::namesIn))
                .isNotEmpty()
                .isSubsetOf(names));
    }

    private static Stream<String> namesIn(String matcher) {
        String value = matcher.replaceAll("^alertname=~?\"(.*)\"$", "$1");
        return Stream.of(value.replaceAll("^Trellis\\(?|\\)$", "").split("\\|")).map(name -> "Trellis" + name);
    }

    private static List<String> names() {
        return alerts(CHART).stream()
                .map(alert -> alert.path("alert").asText())
                .distinct()
                .toList();
    }

    private static List<JsonNode> alerts(Chart chart) {
        return rules(chart).filter(rule -> rule.has("alert")).toList();
    }

    private static List<String> expressions(Chart chart) {
        return rules(chart)
                .map(rule -> rule.path("expr").asText().replaceAll("\\[\\w+]", "[]"))
                .toList();
    }

    private static Stream<JsonNode> rules(Chart chart) {
        try {
            return new YAMLMapper()
                    .readTree(text(chart))
                    .path("groups")
                    .valueStream()
                    .flatMap(group -> group.path("rules").valueStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Chart chart) {
        return chart.render()
                .one("ConfigMap", "vmalert")
                .at("/data")
                .path("rules.yaml")
                .asText();
    }

    private static JsonNode alertmanager(Chart chart) throws IOException {
        return new YAMLMapper()
                .readTree(chart.render()
                        .one("ConfigMap", "alertmanager")
                        .at("/data")
                        .path("alertmanager.yaml")
                        .asText());
    }

    private static List<String> windows(String text) {
        return Pattern.compile("\\[\\w+]")
                .matcher(text)
                .results()
                .map(window -> window.group())
                .distinct()
                .toList();
    }

    private static String compact(String expression) {
        return expression.replaceAll("\\s+", "");
    }

    private Path write(Chart chart) throws IOException {
        return Files.writeString(folder.resolve("rules.yaml"), text(chart));
    }

    private static void promtool(String verb, String what, Path file) throws Exception {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(place -> Files.isExecutable(Path.of(place, "promtool")))) {
            System.err.println(
                    "LEFT OUT: promtool did not judge the rules, since it is not on the PATH (Debian's prometheus)");
            abort("promtool is not on the PATH");
        }
        Process process = new ProcessBuilder("promtool", verb, what, file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
