package trellis.e2e;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What dashboards and rules ask for, as the chart of the observability renders them, about one landscape. */
record Queries(Helm helm, List<String> chart, String landscape) {
    /** In place of Grafana's variables. */
    private static final String WINDOW = "5m";

    private static final String ANY = ".+";

    private static final YAMLMapper YAML = new YAMLMapper();

    /** A text, or the labels that something is aggregated or matched by: none of it is a series. */
    private static final Pattern NO_SELECTOR = Pattern.compile(
            "\"[^\"]*\"(?=\\s*[,)])|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\[[^]]*\\]");

    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?!(?:and|or|unless|bool|offset)\\b)[a-zA-Z_:][\\w:]*\\b(?!\\s*\\()(\\{[^}]*\\})?");

    /** Of all dashboards of VictoriaMetrics' page. */
    Set<String> ofThePage() {
        return expressions(documents("templates/dashboards/configmap.yaml", ".json"), "expr");
    }

    /** Of all dashboards for Grafana, with any service in place of the chosen one. */
    Set<String> ofGrafana() {
        return expressions(documents("templates/dashboards/grafana.yaml", ".json"), "expr");
    }

    /** The series that the rules are about, without the alerts that they write themselves. */
    Set<String> ofTheRules() {
        return expressions(documents("templates/alerts/vmalert.yaml", "rules.yaml"), "expr").stream()
                .flatMap(expression -> SELECTOR
                        .matcher(NO_SELECTOR.matcher(expression).replaceAll(" "))
                        .results()
                        .map(MatchResult::group))
                .filter(selector -> !selector.startsWith("ALERTS"))
                .collect(toCollection(TreeSet::new));
    }

    private Set<String> expressions(List<JsonNode> documents, String field) {
        return documents.stream()
                .flatMap(document -> document.findValues(field).stream())
                .flatMap(found -> found.isArray() ? found.valueStream() : Stream.of(found))
                .map(found -> found.asText()
                        .replace("$__rate_interval", WINDOW)
                        .replace("$service", ANY)
                        .replace("$namespace", landscape)
                        .replace("namespace=~\"" + ANY + "\"", "namespace=~\"" + landscape + "\""))
                .collect(toCollection(TreeSet::new));
    }

    /** The contents of the ConfigMaps of a template, of the keys with this end. */
    private List<JsonNode> documents(String template, String end) {
        String rendered = helm.run(Stream.of(
                        Stream.of("template", "any"),
                        chart.stream(),
                        Stream.of("--show-only", template, "--set", "dashboards.grafana.enabled=true"))
                .flatMap(each -> each)
                .toArray(String[]::new));
        try {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered).readAll().stream()
                    .flatMap(object -> object.path("data").propertyStream())
                    .filter(file -> file.getKey().endsWith(end))
                    .map(file -> parsed(file.getValue().asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(rendered, e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
