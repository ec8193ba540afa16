package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** How logs, traces and metrics reach whoever collects them. */
class SignalsTest {
    private static final Chart LANDSCAPE = Chart.landscape();
    private static final Chart TRACED = LANDSCAPE
            .with("mesh.mode", "sidecar")
            .with("mesh.tracing.provider", "otel")
            .with("global.tracing.endpoint", "http://collector.observability:4317");

    private static final Predicate<String> IS_OF_TRACES = setting -> setting.startsWith("quarkus.otel.");

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void sendsNoTracesUnlessThereIsAnAddress(String service) {
        Rendered chart = Chart.of(service).render();
        assertThat(chart.settings(service).stringPropertyNames()).isNotEmpty().noneMatch(IS_OF_TRACES);
        assertThat(environment(chart, service).toString()).doesNotContain("OTEL");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void sendsTracesAsTheValuesOfAllServicesSay(String service) {
        Rendered landscape = LANDSCAPE.withYaml("""
                        global:
                          tracing:
                            endpoint: "https://otlp.example.org:443/collect"
                            protocol: http/protobuf
                            headersSecret: {name: vendor}
                            sampleRatio: 0.25
                        """).render();
        assertThat(landscape.settings(service))
                .containsEntry("quarkus.otel.exporter.otlp.endpoint", "https://otlp.example.org:443/collect")
                .containsEntry("quarkus.otel.exporter.otlp.protocol", "http/protobuf")
                .containsEntry("quarkus.otel.traces.sampler.arg", "0.25");
        assertThat(headersOf(landscape, service)).isEqualTo("vendor/headers");
        assertThat(landscape.one("NetworkPolicy", service).at("/spec/egress"))
                .anySatisfy(edge -> assertThat(edge.at("/ports/0/port").asInt()).isEqualTo(443));
    }

    @Test
    void prefersTheValuesOfAServiceToThoseOfAll() {
        Rendered landscape = LANDSCAPE.withYaml("""
                        global:
                          tracing: {endpoint: "http://collector:4317", headersSecret: {name: vendor}, sampleRatio: 0.25}
                        review:
                          tracing:
                            endpoint: "http://other:4318"
                            protocol: http/protobuf
                            headersSecret: {name: mine, key: otlp}
                            sampleRatio: 0
                        """).render();
        Properties review = landscape.settings("review");
        assertThat(review)
                .containsEntry("quarkus.otel.exporter.otlp.endpoint", "http://other:4318")
                .containsEntry("quarkus.otel.exporter.otlp.protocol", "http/protobuf")
                .containsEntry("quarkus.otel.traces.sampler.arg", "0");
        assertThat(headersOf(landscape, "review")).isEqualTo("mine/otlp");
        assertThat(landscape.settings("product"))
                .containsEntry("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317")
                .containsEntry("quarkus.otel.exporter.otlp.protocol", "grpc")
                .containsEntry("quarkus.otel.traces.sampler.arg", "0.25");
        assertThat(headersOf(landscape, "product")).isEqualTo("vendor/headers");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void tellsOfWhichInstanceATraceIs(String service) {
        JsonNode environment = environment(TRACED.render(), service);
        assertThat(variable(environment, "QUARKUS_OTEL_RESOURCE_ATTRIBUTES")
                        .path("value")
                        .asText()
                        .split(","))
                .containsExactlyInAnyOrder(
                        "service.version=1.0.0-SNAPSHOT",
                        "service.instance.id=$(POD_UID)",
                        "k8s.namespace.name=$(POD_NAMESPACE)",
                        "k8s.pod.name=$(POD_NAME)",
                        "k8s.node.name=$(NODE_NAME)");
        assertThat(variable(environment, "NODE_NAME")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText())
                .isEqualTo("spec.nodeName");
        assertThat(environment.findValuesAsText("name").indexOf("QUARKUS_OTEL_RESOURCE_ATTRIBUTES"))
                .as("a variable is replaced if it was set before")
                .isGreaterThan(environment.findValuesAsText("name").indexOf("POD_UID"));
    }

    @Test
    void hasPodMonitorsOnlyIfTheyAreAskedForWhereTheClusterDoesNotKnowThem() {
        assertThat(LANDSCAPE.render().has("PodMonitor")).isFalse();
        Chart forced = LANDSCAPE.with("global.metrics.podMonitor.enabled", true);
        assertThat(forced.render().all("PodMonitor").map(Rendered::nameOf))
                .containsExactlyInAnyOrderElementsOf(Chart.SERVICES);
        assertThat(forced.with("mesh.mode", "sidecar").render().one("PodMonitor", "edge"))
                .isNotNull();
        assertThat(forced.with("review.metrics.podMonitor.enabled", false)
                        .render()
                        .names())
                .contains("PodMonitor product")
                .doesNotContain("PodMonitor review");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void readsMetricsAtThePortOfTheMeshAndElseOfTheApplication(String service) {
        Chart chart = Chart.of(service)
                .with("metrics.podMonitor.enabled", true)
                .with("metrics.podMonitor.interval", "15s")
                .with("metrics.podMonitor.labels.release", "prometheus");
        JsonNode plain = chart.render().one("PodMonitor", service);
        assertThat(plain.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
        JsonNode endpoint = plain.at("/spec/podMetricsEndpoints/0");
        assertThat(endpoint.path("port").asText()).isEqualTo("management");
        assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
        assertThat(endpoint.path("interval").asText()).isEqualTo("15s");
        assertThat(labels(endpoint)).isEqualTo("node service version");
        JsonNode meshed = chart.with("global.mesh.mode", "sidecar")
                .render()
                .one("PodMonitor", service)
                .at("/spec/podMetricsEndpoints/0");
        assertThat(meshed.path("port").asText())
                .as("a port that the sidecar declares")
                .isEqualTo("http-envoy-prom");
        assertThat(meshed.at("/relabelings/0/replacement").asText()).isEqualTo("$1:15020");
        assertThat(labels(meshed)).isEqualTo("__address__ node service version");
    }

    @Test
    void selectsThePodsOfTheServiceOrTheGateway() {
        Rendered landscape = LANDSCAPE
                .with("mesh.mode", "sidecar")
                .with("global.metrics.podMonitor.enabled", true)
                .render();
        assertThat(Chart.SERVICES).allSatisfy(service -> assertThat(
                        landscape.one("PodMonitor", service).at("/spec/selector/matchLabels"))
                .isEqualTo(landscape.one("Deployment", service).at("/spec/selector/matchLabels")));
        String gateway = landscape
                .one("ConfigMap", "edge-parameters")
                .at("/data/deployment")
                .asText();
        landscape
                .one("PodMonitor", "edge")
                .at("/spec/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(gateway)
                        .containsPattern(
                                label.getKey() + ": \"?" + label.getValue().asText() + "\"?\n"));
    }

    @Test
    void letsTheProxiesSendSpansToTheProvider() {
        Rendered landscape = TRACED.with("global.tracing.sampleRatio", 0.25).render();
        JsonNode telemetry = landscape.one("Telemetry", "trellis");
        assertThat(telemetry.at("/spec/tracing/0/providers/0/name").asText()).isEqualTo("otel");
        assertThat(telemetry.at("/spec/tracing/0/randomSamplingPercentage").asDouble())
                .isEqualTo(25);
        assertThat(landscape.all("Sidecar")).isNotEmpty().allSatisfy(sidecar -> assertThat(
                        sidecar.at("/spec/egress/0/hosts"))
                .anyMatch(host -> host.asText().equals("observability/*")));
        assertThat(landscape.all("NetworkPolicy")).isNotEmpty().allSatisfy(policy -> assertThat(
                        policy.at("/spec/egress").toString())
                .as(Rendered.nameOf(policy))
                .contains("\"port\":4317"));
    }

    @Test
    void leavesSpansOutOfAMeshWithoutAProvider() {
        Rendered landscape = LANDSCAPE.with("mesh.mode", "sidecar").render();
        assertThat(landscape.one("Telemetry", "trellis").at("/spec").has("tracing"))
                .isFalse();
        assertThat(landscape.names()).doesNotContain("EnvoyFilter edge-trace", "EnvoyFilter collector");
        assertThat(landscape.all("Sidecar").map(Object::toString)).noneMatch(text -> text.contains("observability"));
        assertThat(accessLog(landscape)).contains("traceparent").doesNotContain("TRACE_ID");
    }

    @Test
    void logsRequestsWithoutAnythingThatCallersWrite() {
        String log = accessLog(TRACED.render());
        assertThat(log).contains("%TRACE_ID%", "%RESPONSE_CODE%", "'/v1/products'", "'^/v1/products/[0-9]+$'");
        assertThat(log)
                .doesNotContainPattern(
                        "%(REQ|PATH|QUERY|RESP)\\b|AUTHORITY|SERVER_NAME|request\\.(path|query|host)\\b");
        assertThat(log.replace("request.url_path", "").replace("request.headers['traceparent']", ""))
                .doesNotContain("request.headers", "request.useragent", "request.referer");
    }

    /** The sidecar injector would have each of them scraped. */
    @Test
    void hasNoPodScrapedThatLetsNobodyIn() {
        Rendered landscape = TRACED.render();
        assertThat(Stream.of("StatefulSet", "Job").flatMap(landscape::all))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.at("/spec/template/metadata/annotations/prometheus.io~1scrape")
                                .asText())
                        .as(Rendered.nameOf(each))
                        .isEqualTo("false"));
    }

    @Test
    void leavesTheAccessLogToTheMeshIfAsked() {
        Rendered landscape = TRACED.with("mesh.accessLog.enabled", false).render();
        assertThat(landscape.names()).doesNotContain("EnvoyFilter access-log");
        assertThat(landscape.one("Telemetry", "trellis").at("/spec").has("accessLogging"))
                .isFalse();
        assertThat(TRACED.render()
                        .one("Telemetry", "trellis")
                        .at("/spec/accessLogging/0/disabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void namesTheTraceInWhatTheGatewayAnswers() {
        Rendered landscape = TRACED.render();
        assertThat(landscape.one("EnvoyFilter", "edge-problems").toString()).contains("\"traceId\":");
        assertThat(landscape.one("EnvoyFilter", "edge-trace").toString()).contains("traceresponse");
        assertThat(landscape.one("EnvoyFilter", "edge-request-headers").toString())
                .as("it is the gateway's")
                .contains("{\"remove\":\"x-trellis-trace\"}");
    }

    @Test
    void neitherLogsNorTracesTheSendingOfSpans() {
        Rendered landscape =
                TRACED.with("global.tracing.endpoint", "http://collector:4000").render();
        assertThat(accessLog(landscape)).contains("^outbound[|](4317|4000)[|]");
        assertThat(landscape.one("EnvoyFilter", "collector").toString())
                .contains("\"name\":\"4317\"", "\"name\":\"4000\"");
    }

    private static String accessLog(Rendered landscape) {
        return landscape.one("EnvoyFilter", "access-log").at("/spec").toString();
    }

    private static JsonNode environment(Rendered chart, String service) {
        return chart.one("Deployment", service).at("/spec/template/spec/containers/0/env");
    }

    private static JsonNode variable(JsonNode environment, String name) {
        return environment
                .valueStream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String headersOf(Rendered chart, String service) {
        assertThat(chart.settings(service).stringPropertyNames()).noneMatch(name -> name.contains("headers"));
        JsonNode secret = variable(environment(chart, service), "QUARKUS_OTEL_EXPORTER_OTLP_HEADERS")
                .at("/valueFrom/secretKeyRef");
        return secret.path("name").asText() + "/" + secret.path("key").asText();
    }

    private static String labels(JsonNode endpoint) {
        return endpoint.path("relabelings").findValuesAsText("targetLabel").stream()
                .collect(Collectors.joining(" "));
    }
}
