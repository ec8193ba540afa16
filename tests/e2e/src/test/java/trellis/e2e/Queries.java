package trellis.e2e;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What dashboards and rules ask for, as the chart of the observability renders them, about one landscape. */
record Queries(Helm helm, List<String> chart, String landscape) {
    /** In place of Grafana's variables. */
    private static final String WINDOW = "5m";

    private static final String ANY = ".+";

    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String NAME = "[a-zA-Z_:][\\w:]*";

    private static final String LABELS = "\\{(?:[^}\"]|\"[^\"]*\")*}";

    /** What else is in an expression, and may look like the name of a series: texts, labels to group by, windows, numbers, functions. */
    private static final String NO_SERIES = String.join(
            "|",
            "\"[^\"]*\"",
            "\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)",
            "\\[[^]]*]",
            "\\b[0-9][\\w.]*",
            "\\b(?:and|or|unless|bool|offset)\\b",
            NAME + "(?=\\s*\\(|\\s+(?:by|without)\\b)");

    private static final Pattern SERIES =
            Pattern.compile("(?<labelled>(?:%s)?%s)|%s|(?<all>%s)".formatted(NAME, LABELS, NO_SERIES, NAME));

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
                .flatMap(expression -> SERIES.matcher(expression).results())
                .flatMap(found -> Stream.concat(
                        Stream.ofNullable(found.group("labelled"))
                                .map(selector -> selector.replaceFirst("\\{", "{" + here() + ", ")),
                        Stream.ofNullable(found.group("all")).map(name -> name + "{" + here() + "}")))
                .filter(selector -> !selector.startsWith("ALERTS"))
                .collect(toCollection(TreeSet::new));
    }

    private String here() {
        return "namespace=\"" + landscape + "\"";
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
