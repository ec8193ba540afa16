package trellis.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards, as VictoriaMetrics' page and Grafana get them; tests/e2e executes their queries. */
class DashboardsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Chart CHART = Chart.of("observability").in("signals");
    private static final Chart FOR_GRAFANA = CHART.with("dashboards.grafana.enabled", true);
    private static final Pattern VARIABLE = Pattern.compile("[$]\\w+");
    private static final Pattern RUNBOOK = Pattern.compile("\\(https://\\S+/docs/runbooks/(\\S+)\\)");
    private static final String ON_THE_PAGE = "victoria-metrics-dashboards";

    /** A ConfigMap may have 1 MiB, and so may the Secret in which Helm keeps the whole release. */
    private static final int SMALL = 256 * 1024;

    @TempDir
    private Path folder;

    static Stream<JsonNode> onThePage() {
        return documents(CHART.render().one("ConfigMap", ON_THE_PAGE));
    }

    static Stream<JsonNode> inGrafana() {
        return forGrafana(FOR_GRAFANA).flatMap(DashboardsTest::documents);
    }

    @Test
    void thereIsOneForEachServiceAndSomeForAllOfThem() {
        List<String> titles =
                onThePage().map(dashboard -> dashboard.path("title").asText()).toList();
        assertThat(titles)
                .startsWith("Overview")
                .containsAll(Chart.SERVICES)
                .contains("Messages", "Mesh", "JVM")
                .doesNotHaveDuplicates();
    }

    @Test
    void thereIsOneForAServiceOfATeamsOwn() {
        Rendered own =
                CHART.withYaml("dashboards: {readers: [price], callers: []}").render();
        assertThat(documents(own.one("ConfigMap", ON_THE_PAGE))
                        .map(dashboard -> dashboard.path("title").asText()))
                .contains("price")
                .doesNotContainAnyElementsOf(Chart.SERVICES);
    }

    @Test
    void aServicesDashboardIsAboutWhatItHas() {
        assertThat(rows("product")).contains("Its database and its updates").doesNotContain("Its calls of others");
        assertThat(rows("product-composite"))
                .contains("Its calls of others")
                .doesNotContain("Its database and its updates");
    }

    @ParameterizedTest
    @MethodSource("onThePage")
    void everyPanelOfThePageSaysWhatItShowsAndInWhichUnit(JsonNode dashboard) {
        List<JsonNode> panels = panels(dashboard);
        assertThat(panels).isNotEmpty();
        assertThat(titles(panels)).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.has("unit")).isTrue();
            assertThat(panel.path("expr")).isNotEmpty().hasSameSizeAs(panel.path("alias"));
            assertThat(panel.path("alias")).noneMatch(alias -> alias.asText().isBlank());
        });
    }

    @ParameterizedTest
    @MethodSource("onThePage")
    void noVariableIsLeftWhereNothingReplacesIt(JsonNode dashboard) {
        assertThat(panels(dashboard).stream()
                        .flatMap(panel -> panel.path("expr").valueStream())
                        .map(JsonNode::asText))
                .isNotEmpty()
                .allSatisfy(expression ->
                        assertThat(expression.replace("\"$1\"", "")).doesNotContain("$", "<<"));
    }

    /** A recording rule is the only place where promtool of Debian's judges a query. */
    @Test
    void prometheusUnderstandsEveryQuery() throws Exception {
        List<Map<String, String>> rules = onThePage()
                .flatMap(dashboard -> panels(dashboard).stream())
                .flatMap(panel -> panel.path("expr").valueStream())
                .map(expression -> Map.of("record", "any", "expr", expression.asText()))
                .distinct()
                .toList();
        assertThat(rules).isNotEmpty();
        Path file = folder.resolve("rules.yaml");
        JSON.writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules))));
        Promtool.run("check", "rules", file);
    }

    @Test
    void whatAPanelSaysToDoIsThere() {
        List<String> runbooks = onThePage()
                .flatMap(dashboard -> panels(dashboard).stream())
                .flatMap(panel -> RUNBOOK.matcher(panel.path("description").asText()).results())
                .map(link -> link.group(1))
                .toList();
        assertThat(runbooks).isNotEmpty().allSatisfy(page -> assertThat(
                        Chart.REPOSITORY.resolve("docs/runbooks").resolve(page))
                .exists());
    }

    @Test
    void thePageIsAboutTheNamespacesOfTheValues() {
        assertThat(CHART.withYaml("dashboards: {namespaces: [shop, stage]}")
                        .render()
                        .one("ConfigMap", ON_THE_PAGE)
                        .toString())
                .contains("namespace=~\\\\\\\"shop|stage\\\\\\\"");
    }

    @ParameterizedTest
    @MethodSource("inGrafana")
    void everyPanelOfGrafanaSaysWhatItShowsAndInWhichUnit(JsonNode dashboard) {
        List<JsonNode> panels = graphs(dashboard);
        assertThat(panels).isNotEmpty();
        assertThat(titles(panels)).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("type").asText()).isEqualTo("timeseries");
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.path("expr").asText()).isNotEmpty();
                assertThat(target.path("legendFormat").asText()).isNotEmpty();
                assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            });
            assertThat(panel.path("targets").findValuesAsText("refId")).doesNotHaveDuplicates();
        });
    }

    /** Grafana would move panels that overlap, and mix up those with the same id. */
    @ParameterizedTest
    @MethodSource("inGrafana")
    void everyPanelOfGrafanaHasAnIdAndAPlaceOfItsOwn(JsonNode dashboard) {
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int y = 0; y < place.path("h").asInt(); y++) {
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    String cell = (place.path("x").asInt() + x) + ":"
                            + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        }
        assertThat(dashboard.path("panels").valueStream().map(panel -> panel.path("id")
                        .asInt()))
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }

    @ParameterizedTest
    @MethodSource("inGrafana")
    void grafanaKnowsEveryVariableOfAQuery(JsonNode dashboard) {
        Set<String> known = new TreeSet<>(Set.of("$__rate_interval", "$1"));
        dashboard.at("/templating/list").findValuesAsText("name").forEach(name -> known.add("$" + name));
        assertThat(known).contains("$datasource", "$namespace");
        assertThat(graphs(dashboard).stream().flatMap(panel -> panel.path("targets").findValuesAsText("expr").stream()))
                .allSatisfy(expression -> assertThat(expression.split("(?=[$])|(?<=[$]\\w{1,20})(?!\\w)"))
                        .filteredOn(part -> part.startsWith("$"))
                        .isSubsetOf(known));
    }

    @Test
    void grafanaFindsEachByItsLabelAndKnowsItByItsUid() {
        List<JsonNode> maps = forGrafana(FOR_GRAFANA).toList();
        assertThat(maps).hasSameSizeAs(inGrafana().toList()).allSatisfy(map -> assertThat(
                        map.at("/metadata/labels/grafana_dashboard").asText())
                .isEqualTo("1"));
        assertThat(inGrafana().map(dashboard -> dashboard.path("uid").asText()))
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("trellis-[a-z-]{1,32}"));
        assertThat(inGrafana().map(dashboard -> dashboard.path("title").asText()))
                .doesNotHaveDuplicates();
        assertThat(inGrafana())
                .allSatisfy(dashboard ->
                        assertThat(dashboard.path("schemaVersion").asInt()).isPositive());
    }

    @Test
    void grafanasSidecarMaySearchElsewhereAndByAnotherLabel() {
        Chart other = FOR_GRAFANA.withYaml("""
                dashboards:
                  grafana:
                    namespace: monitoring
                    labels: {grafana_dashboard: null, team: shop}
                    annotations: {grafana_folder: Trellis}
                """);
        assertThat(other.render().all("ConfigMap").filter(map -> Rendered.nameOf(map)
                        .startsWith("trellis-dashboard-")))
                .isNotEmpty()
                .allSatisfy(map -> {
                    assertThat(map.at("/metadata/namespace").asText()).isEqualTo("monitoring");
                    assertThat(map.at("/metadata/labels/team").asText()).isEqualTo("shop");
                    assertThat(map.at("/metadata/labels").has("grafana_dashboard"))
                            .isFalse();
                    assertThat(map.at("/metadata/annotations/grafana_folder").asText())
                            .isEqualTo("Trellis");
                });
    }

    @Test
    void bothHaveTheSamePanels() {
        Set<String> page = new TreeSet<>();
        onThePage().forEach(dashboard -> page.addAll(titles(panels(dashboard))));
        Set<String> grafana = new TreeSet<>();
        inGrafana().forEach(dashboard -> grafana.addAll(titles(graphs(dashboard))));
        assertThat(grafana).isNotEmpty().isEqualTo(page);
    }

    @Test
    void noneIsTooLargeForAConfigMap() {
        assertThat(FOR_GRAFANA.render().all("ConfigMap"))
                .isNotEmpty()
                .allSatisfy(map -> assertThat(map.toString().getBytes(UTF_8)).hasSizeLessThan(SMALL));
    }

    @Test
    void nothingIsLeftOfThemWhereTheyAreOff() {
        Rendered off = CHART.with("dashboards.enabled", false).render();
        assertThat(off.objects().toString()).isNotEmpty().doesNotContainIgnoringCase("dashboard");
    }

    @Test
    void theDashboardsOfGrafanaCanBeAllThereIs() {
        assertThat(FOR_GRAFANA.withYaml("""
                        victoriaLogs: {enabled: false}
                        jaeger: {enabled: false}
                        victoriaMetrics: {enabled: false}
                        alertmanager: {enabled: false}
                        """).render().names())
                .contains("ConfigMap trellis-dashboard-overview")
                .allMatch(name -> name.startsWith("ConfigMap trellis-dashboard-"));
    }

    private static List<String> rows(String title) {
        return onThePage()
                .filter(dashboard -> dashboard.path("title").asText().equals(title))
                .flatMap(dashboard -> dashboard.path("rows").valueStream())
                .map(row -> row.path("title").asText())
                .toList();
    }

    private static List<JsonNode> panels(JsonNode dashboard) {
        return dashboard
                .path("rows")
                .valueStream()
                .flatMap(row -> row.path("panels").valueStream())
                .toList();
    }

    private static List<JsonNode> graphs(JsonNode dashboard) {
        return dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    private static List<String> titles(List<JsonNode> panels) {
        return panels.stream().map(panel -> panel.path("title").asText()).toList();
    }

    private static Stream<JsonNode> forGrafana(Chart chart) {
        return chart.render().all("ConfigMap").filter(map -> Rendered.nameOf(map)
                .startsWith("trellis-dashboard-"));
    }

    /** What is in a ConfigMap, in the order of the names of its files. */
    private static Stream<JsonNode> documents(JsonNode map) {
        List<JsonNode> documents = new ArrayList<>();
        map.path("data").properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(file -> documents.add(json(file.getValue().asText())));
        return documents.stream();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
