package trellis.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dashboards of a rendered chart, as the page of VictoriaMetrics and Grafana read them. */
record Dashboards(Rendered rendered) {
    /** The ConfigMap that is mounted into VictoriaMetrics. */
    static final String ON_THE_PAGE = "victoria-metrics-dashboards";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** In the order of their tabs. */
    Stream<JsonNode> onThePage() {
        return documents(rendered.one("ConfigMap", ON_THE_PAGE));
    }

    Stream<JsonNode> inGrafana() {
        return mapsForGrafana().flatMap(Dashboards::documents);
    }

    Stream<JsonNode> mapsForGrafana() {
        return rendered.all("ConfigMap").filter(map -> Rendered.nameOf(map).startsWith("trellis-dashboard-"));
    }

    /** Of a dashboard of the page. */
    static List<JsonNode> panels(JsonNode dashboard) {
        return dashboard
                .path("rows")
                .valueStream()
                .flatMap(row -> row.path("panels").valueStream())
                .toList();
    }

    /** Of a dashboard of Grafana, where a row is a panel too. */
    static List<JsonNode> graphs(JsonNode dashboard) {
        return dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    static List<String> titles(List<JsonNode> titled) {
        return titled.stream().map(each -> each.path("title").asText()).toList();
    }

    private static Stream<JsonNode> documents(JsonNode map) {
        return map.path("data")
                .propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .map(file -> json(file.getValue().asText()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
