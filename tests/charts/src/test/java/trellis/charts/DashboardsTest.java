package trellis.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards of VictoriaMetrics' own page; tests/e2e executes their queries. */
class DashboardsTest {
    private static final Chart CHART = Chart.of("observability").in("signals");
    private static final Pattern RUNBOOK = Pattern.compile("\\(https://\\S+/docs/runbooks/(\\S+)\\)");

    /** A ConfigMap may have 1 MiB, and so may the Secret in which Helm keeps the whole release. */
    private static final int SMALL = 256 * 1024;

    @TempDir
    private Path folder;

    static Stream<JsonNode> all() {
        return of(CHART);
    }

    @Test
    void thereIsOneForEachServiceAndSomeForAllOfThem() {
        assertThat(Dashboards.titles(all().toList()))
                .startsWith("Overview")
                .containsAll(Chart.SERVICES)
                .contains("Messages", "Mesh", "JVM")
                .doesNotHaveDuplicates();
    }

    @Test
    void thereIsOneForAServiceOfATeamsOwn() {
        Chart own = CHART.withYaml("dashboards: {readers: [stock], callers: []}");
        assertThat(Dashboards.titles(of(own).toList())).contains("stock").doesNotContainAnyElementsOf(Chart.SERVICES);
    }

    @Test
    void aServicesDashboardIsAboutWhatItHas() {
        assertThat(rows("product")).contains("Its database and its updates").doesNotContain("Its calls of others");
        assertThat(rows("product-composite"))
                .contains("Its calls of others")
                .doesNotContain("Its database and its updates");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPanelSaysWhatItShowsAndInWhichUnit(JsonNode dashboard) {
        List<JsonNode> panels = Dashboards.panels(dashboard);
        assertThat(Dashboards.titles(panels)).isNotEmpty().doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("description").asText()).contains(".");
            assertThat(panel.has("unit")).isTrue();
            assertThat(panel.path("expr")).isNotEmpty().hasSameSizeAs(panel.path("alias"));
            assertThat(panel.path("alias")).noneMatch(alias -> alias.asText().isBlank());
        });
    }

    @Test
    void noVariableIsLeftWhereNothingReplacesIt() {
        assertThat(queries()).isNotEmpty().allSatisfy(query -> assertThat(query.replace("\"$1\"", ""))
                .doesNotContain("$", "<<"));
    }

    /** Debian's promtool judges a query as part of a rule. */
    @Test
    void prometheusUnderstandsEveryQuery() throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        queries().distinct().forEach(query -> rules.add(Map.of("record", "query" + rules.size(), "expr", query)));
        Path file = folder.resolve("rules.yaml");
        new ObjectMapper()
                .writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules))));
        assertThat(rules).isNotEmpty();
        Promtool.run("check", "rules", file);
    }

    @Test
    void theRunbookOfAPanelIsThere() {
        List<String> runbooks = all().flatMap(dashboard -> Dashboards.panels(dashboard).stream())
                .flatMap(panel ->
                        RUNBOOK.matcher(panel.path("description").asText()).results())
                .map(link -> link.group(1))
                .toList();
        assertThat(runbooks).isNotEmpty().allSatisfy(page -> assertThat(
                        Chart.REPOSITORY.resolve("docs/runbooks").resolve(page))
                .exists());
    }

    @Test
    void theyAreAboutTheNamespacesOfTheValuesAndASeriesNamesItsOwnUnlessThereIsOne() {
        Chart two = CHART.withYaml("dashboards: {namespaces: [shop, stage]}");
        assertThat(queries(two)).anyMatch(query -> query.contains("namespace=~\"shop|stage\""));
        assertThat(of(two).flatMap(dashboard -> dashboard.findValues("alias").stream()))
                .isNotEmpty()
                .allMatch(alias -> alias.path(0).asText().startsWith("{{namespace}}: "));
        assertThat(of(CHART.withYaml("dashboards: {namespaces: [shop]}"))
                        .flatMap(dashboard -> dashboard.findValues("alias").stream()))
                .isNotEmpty()
                .noneMatch(alias -> alias.path(0).asText().contains("{{namespace}}"));
    }

    @Test
    void noneIsTooLargeForAConfigMap() {
        assertThat(CHART.with("dashboards.grafana.enabled", true).render().all("ConfigMap"))
                .isNotEmpty()
                .allSatisfy(map -> assertThat(map.toString().getBytes(UTF_8)).hasSizeLessThan(SMALL));
    }

    @Test
    void nothingIsLeftOfThemWhereTheyAreOff() {
        assertThat(CHART.render().objects().toString()).containsIgnoringCase("dashboards");
        assertThat(CHART.with("dashboards.enabled", false).render().objects().toString())
                .doesNotContainIgnoringCase("dashboards");
    }

    private static Stream<JsonNode> of(Chart chart) {
        return new Dashboards(chart.render()).onThePage();
    }

    private static Stream<String> queries() {
        return queries(CHART);
    }

    private static Stream<String> queries(Chart chart) {
        return of(chart)
                .flatMap(dashboard -> Dashboards.panels(dashboard).stream())
                .flatMap(panel -> panel.path("expr").valueStream())
                .map(JsonNode::asText);
    }

    private static List<String> rows(String title) {
        return all().filter(dashboard -> dashboard.path("title").asText().equals(title))
                .flatMap(dashboard ->
                        Dashboards.titles(dashboard.path("rows").valueStream().toList()).stream())
                .toList();
    }
}
