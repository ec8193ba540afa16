package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs, traces and metrics of every pod, in a release of its own. */
class ObservabilityTest {
    private static final Chart CHART = Chart.of("observability").in("signals");

    @Test
    void isReachedByNamesThatNoReleaseChanges() {
        assertThat(CHART.render("one").names()).isEqualTo(CHART.render("one").names());
        assertThat(namesWithoutRoles(CHART.render("one"))).isEqualTo(namesWithoutRoles(CHART.render("two")));
        assertThat(CHART.render().all("Service").map(Rendered::nameOf))
                .containsExactlyInAnyOrder(
                        "otel-collector", "victoria-logs", "jaeger", "victoria-metrics", "vmalert", "alertmanager");
    }

    @Test
    void canBeInstalledTwiceInOneCluster() {
        assertThat(CHART.in("elsewhere").render().all("ClusterRole").map(Rendered::nameOf))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(
                        CHART.render().all("ClusterRole").map(Rendered::nameOf).toList());
        assertThat(queueOfTheAgent(CHART.in("elsewhere").render())).isNotEqualTo(queueOfTheAgent(CHART.render()));
        assertThat(CHART.render().all("ClusterRoleBinding"))
                .allSatisfy(binding ->
                        assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("signals"));
    }

    @Test
    void onlyReadsFromTheApiAndNoSecrets() {
        assertThat(CHART.render().all("ClusterRole").flatMap(role -> stream(role.path("rules"))))
                .allSatisfy(rule -> {
                    assertThat(texts(rule.path("verbs"))).isSubsetOf("get", "list", "watch");
                    assertThat(texts(rule.path("resources"))).doesNotContain("secrets", "configmaps", "*");
                });
    }

    @Test
    void readsTheLogsOfAllNamespacesButItsOwn() {
        assertThat(texts(agent(CHART).at("/receivers/file_log/include")))
                .containsExactly("/var/log/pods/*_*/*/*.log", "/var/log/pods/*_*/*/*.log.*");
        assertThat(texts(agent(CHART).at("/receivers/file_log/exclude"))).contains("/var/log/pods/signals_*/*/*");
        Chart some = CHART.withYaml("agent: {namespaces: [shop, signals]}");
        assertThat(texts(agent(some).at("/receivers/file_log/include")))
                .contains("/var/log/pods/shop_*/*/*.log", "/var/log/pods/signals_*/*/*.log")
                .doesNotContain("/var/log/pods/*_*/*/*.log");
        assertThat(texts(agent(some).at("/receivers/file_log/exclude"))).noneMatch(path -> path.contains("signals"));
    }

    /** A backend that is away is waited for, on disk, and within a limit. */
    @Test
    void keepsOnDiskWhatABackendHasNotTaken() {
        assertThat(Stream.of(agent(CHART), gateway(CHART)).flatMap(config -> stream(config.path("exporters"))))
                .hasSize(4)
                .allSatisfy(exporter -> {
                    assertThat(exporter.at("/sending_queue/storage").asText()).isEqualTo("file_storage");
                    assertThat(exporter.at("/sending_queue/sizer").asText()).isEqualTo("bytes");
                    assertThat(exporter.at("/sending_queue/queue_size").asLong())
                            .isEqualTo(268435456);
                    assertThat(exporter.at("/retry_on_failure/max_elapsed_time").asText())
                            .isEqualTo("0");
                });
        assertThat(agent(CHART)
                        .at("/exporters/otlp_http/sending_queue/block_on_overflow")
                        .asBoolean())
                .as("files are read on when there is room")
                .isTrue();
    }

    @Test
    void startsPodsAgainWhenTheirConfigurationChanges() {
        for (String name : List.of("otel-collector", "jaeger", "victoria-metrics", "alertmanager")) {
            Chart changed = CHART.with("collector.queueSize", 2097152)
                    .with("jaeger.retention", "24h")
                    .with("victoriaMetrics.scrapeInterval", "30s")
                    .with("alerting.windowScale", 2);
            assertThat(checksum(changed, "StatefulSet", name))
                    .isNotEmpty()
                    .isNotEqualTo(checksum(CHART, "StatefulSet", name));
        }
        assertThat(checksum(CHART.with("alerting.windowScale", 2), "Deployment", "vmalert"))
                .isNotEqualTo(checksum(CHART, "Deployment", "vmalert"));
        assertThat(checksum(CHART.with("agent.queueSize", 2097152), "DaemonSet", "otel-agent"))
                .isNotEqualTo(checksum(CHART, "DaemonSet", "otel-agent"));
    }

    @Test
    void runsAllButTheAgentUnderThePodSecurityStandardRestricted() {
        Rendered rendered = CHART.render();
        assertThat(Stream.concat(rendered.all("StatefulSet"), rendered.all("Deployment"))
                        .map(workload -> workload.at("/spec/template/spec")))
                .hasSize(6)
                .allSatisfy(pod -> {
                    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                            .isTrue();
                    assertThat(pod.findValues("hostPath")).isEmpty();
                });
        assertThat(rendered.podSpecs().flatMap(pod -> stream(pod.path("containers"))))
                .hasSize(7)
                .allSatisfy(container -> {
                    assertThat(container
                                    .at("/securityContext/readOnlyRootFilesystem")
                                    .asBoolean())
                            .isTrue();
                    assertThat(container
                                    .at("/securityContext/capabilities/drop/0")
                                    .asText())
                            .isEqualTo("ALL");
                    assertThat(container.at("/resources/limits/memory").asText())
                            .isNotEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "victoriaLogs, victoria-logs, http://logs.example.org:9428",
        "jaeger, jaeger, https://traces.example.org:4317",
        "victoriaMetrics, victoria-metrics, http://metrics.example.org",
    })
    void sendsToABackendOfATeamsOwn(String key, String name, String address) {
        Chart external = CHART.with(key + ".enabled", false).with(key + ".address", address);
        assertThat(external.render().names()).noneMatch(object -> object.endsWith(" " + name));
        assertThat(gateway(external).path("exporters").toString()).contains(address);
        Chart without = CHART.with(key + ".enabled", false);
        assertThat(gateway(without).path("exporters")).hasSize(2);
        assertThat(gateway(without).at("/service/pipelines")).hasSize(2);
    }

    @Test
    void refusesToCollectForNobody() {
        Chart nothing = CHART.with("victoriaLogs.enabled", false)
                .with("jaeger.enabled", false)
                .with("victoriaMetrics.enabled", false);
        assertThatThrownBy(nothing::render)
                .hasMessageContaining("victoriaLogs, jaeger or victoriaMetrics needs enabled");
    }

    @Test
    void keepsEveryTraceUnlessItIsToSample() {
        assertThat(texts(gateway(CHART).at("/service/pipelines/traces/processors")))
                .doesNotContain("tail_sampling");
        Chart sampling = CHART.with("tailSampling.enabled", true)
                .with("tailSampling.slowerThan", "400ms")
                .with("tailSampling.percentage", 5);
        assertThat(texts(gateway(sampling).at("/service/pipelines/traces/processors")))
                .contains("tail_sampling");
        JsonNode policies = gateway(sampling).at("/processors/tail_sampling/policies");
        assertThat(policies.at("/0/status_code/status_codes/0").asText()).isEqualTo("ERROR");
        assertThat(policies.at("/1/latency/threshold_ms").asInt()).isEqualTo(400);
        assertThat(policies.at("/2/probabilistic/sampling_percentage").asInt()).isEqualTo(5);
    }

    @Test
    void letsOnlyCollectorsAndVictoriaMetricsToTheBackendsUnlessTold() {
        String reader = "{namespaceSelector: {matchLabels: {team: grafana}}}";
        Rendered closed = CHART.render();
        Rendered open =
                CHART.withYaml("networkPolicy: {from: [" + reader + "]}").render();
        for (String backend : List.of("victoria-logs", "jaeger", "victoria-metrics", "vmalert", "alertmanager")) {
            assertThat(closed.one("NetworkPolicy", backend).findValues("from").toString())
                    .contains("podSelector")
                    .doesNotContain("namespaceSelector");
            assertThat(open.one("NetworkPolicy", backend).toString()).contains("grafana");
        }
        assertThat(closed.one("NetworkPolicy", "otel-collector")
                        .at("/spec/ingress/0")
                        .has("from"))
                .as("traces come from any pod")
                .isFalse();
    }

    /** The same labels as by a PodMonitor of the services. */
    @Test
    void labelsMetricsByNamespacePodNodeServiceAndVersion() throws IOException {
        JsonNode scrape = yaml(CHART.render()
                .one("ConfigMap", "victoria-metrics")
                .at("/data")
                .path("scrape.yaml")
                .asText());
        assertThat(scrape.at("/scrape_configs/0/relabel_configs").findValuesAsText("target_label"))
                .contains("namespace", "pod", "node", "service", "version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector.tail", "jaeger.enable", "agents.enabled", "global.tracing"})
    void refusesAMisspeltValue(String key) {
        assertThatThrownBy(() -> CHART.with(key, 1).render()).hasMessageContaining("not allowed");
    }

    private static List<String> namesWithoutRoles(Rendered rendered) {
        return rendered.names().stream()
                .filter(name -> !name.startsWith("ClusterRole"))
                .toList();
    }

    private static String queueOfTheAgent(Rendered rendered) {
        return rendered.one("DaemonSet", "otel-agent")
                .at("/spec/template/spec/volumes/1/hostPath/path")
                .asText();
    }

    private static String checksum(Chart chart, String kind, String name) {
        return chart.render()
                .one(kind, name)
                .at("/spec/template/metadata/annotations")
                .path("checksum/configuration")
                .asText();
    }

    private static JsonNode agent(Chart chart) {
        return configuration(chart, "otel-agent");
    }

    private static JsonNode gateway(Chart chart) {
        return configuration(chart, "otel-collector");
    }

    private static JsonNode configuration(Chart chart, String name) {
        return yaml(chart.render()
                .one("ConfigMap", name)
                .at("/data")
                .path("config.yaml")
                .asText());
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }
}
