package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards for Grafana, as far as its JSON model says what they need: there is no Grafana here to draw them. */
class GrafanaTest {
    private static final Chart CHART = Chart.of("observability").in("signals").with("dashboards.grafana.enabled", true);
    private static final Pattern VARIABLE = Pattern.compile("[$]\\w+");
    private static final int COLUMNS = 24;

    static Stream<JsonNode> all() {
        return new Dashboards(CHART.render()).inGrafana();
    }

    @Test
    void theyHaveThePanelsOfThePage() {
        Set<String> page = new TreeSet<>();
        new Dashboards(CHART.render())
                .onThePage()
                .forEach(dashboard -> page.addAll(Dashboards.titles(Dashboards.panels(dashboard))));
        Set<String> grafana = new TreeSet<>();
        all().forEach(dashboard -> grafana.addAll(Dashboards.titles(Dashboards.graphs(dashboard))));
        assertThat(grafana).isNotEmpty().isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPanelSaysWhatItShowsInWhichUnitAndFromWhere(JsonNode dashboard) {
        List<JsonNode> panels = Dashboards.graphs(dashboard);
        assertThat(panels).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("type").asText()).isEqualTo("timeseries");
            assertThat(panel.path("description").asText()).contains(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
            assertThat(panel.path("targets").findValuesAsText("refId")).doesNotHaveDuplicates();
            assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.path("expr").asText()).isNotEmpty();
                assertThat(target.path("legendFormat").asText()).isNotEmpty();
                assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            });
        });
    }

    /** Grafana would move panels that overlap, and mix up those with the same id. */
    @ParameterizedTest
    @MethodSource("all")
    void everyPanelHasAnIdAndAPlaceOfItsOwn(JsonNode dashboard) {
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, COLUMNS);
            for (int y = 0; y < place.path("h").asInt(); y++) {
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    String cell =
                            place.path("x").asInt() + x + ":" + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        }
        assertThat(taken).isNotEmpty();
        assertThat(dashboard.path("panels").valueStream().map(panel -> panel.path("id")
                        .asInt()))
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyVariableOfAQueryIsDefined(JsonNode dashboard) {
        Set<String> known = new TreeSet<>(Set.of("$__rate_interval", "$1"));
        dashboard.at("/templating/list").findValuesAsText("name").forEach(name -> known.add("$" + name));
        assertThat(known).contains("$datasource", "$namespace");
        assertThat(Dashboards.graphs(dashboard).stream()
                        .flatMap(panel -> panel.path("targets").findValuesAsText("expr").stream())
                        .flatMap(expression -> VARIABLE.matcher(expression).results())
                        .map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void theSidecarFindsEachByItsLabelAndGrafanaKnowsItByItsUid() {
        assertThat(new Dashboards(CHART.render()).mapsForGrafana()).isNotEmpty().allSatisfy(map -> {
            assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
            assertThat(map.at("/metadata/namespace").asText()).isEqualTo("signals");
        });
        assertThat(all().map(dashboard -> dashboard.path("uid").asText()))
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("trellis-[a-z-]{1,32}"));
        assertThat(Dashboards.titles(all().toList())).doesNotHaveDuplicates();
        assertThat(all())
                .allSatisfy(dashboard ->
                        assertThat(dashboard.path("schemaVersion").asInt()).isPositive());
    }

    @Test
    void theSidecarMaySearchElsewhereAndByAnotherLabel() {
        Chart other = CHART.withYaml("""
                dashboards:
                  grafana:
                    namespace: monitoring
                    labels: {grafana_dashboard: null, team: shop}
                    annotations: {grafana_folder: Trellis}
                """);
        assertThat(new Dashboards(other.render()).mapsForGrafana()).isNotEmpty().allSatisfy(map -> {
            assertThat(map.at("/metadata/namespace").asText()).isEqualTo("monitoring");
            assertThat(map.at("/metadata/labels/team").asText()).isEqualTo("shop");
            assertThat(map.at("/metadata/labels").has("grafana_dashboard")).isFalse();
            assertThat(map.at("/metadata/annotations/grafana_folder").asText()).isEqualTo("Trellis");
        });
    }

    @Test
    void theyCanBeAllThereIs() {
        Rendered alone = CHART.withYaml("""
                        victoriaLogs: {enabled: false}
                        jaeger: {enabled: false}
                        victoriaMetrics: {enabled: false}
                        alertmanager: {enabled: false}
                        """).render();
        assertThat(alone.objects())
                .isNotEmpty()
                .hasSameSizeAs(new Dashboards(alone).mapsForGrafana().toList());
    }
}
