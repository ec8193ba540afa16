package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Quarkus generates manifests from what the service was built to do: where they overlap with the chart, both must
 * agree.
 */
class ManifestTest {

    private static final List<String> PROBES = List.of("startupProbe", "readinessProbe", "livenessProbe");

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void opensThePortsThatTheServiceListensOn(String service) throws IOException {
        assertThat(ports(container(charted(service)))).isEqualTo(ports(container(built(service))));
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void probesTheHealthEndpointsOfTheService(String service) throws IOException {
        JsonNode charted = container(charted(service));
        JsonNode built = container(built(service));
        for (String probe : PROBES) {
            JsonNode asked = charted.at("/" + probe + "/httpGet");
            JsonNode told = built.at("/" + probe + "/httpGet");
            assertThat(told.path("path").asText()).as(probe).isNotEmpty();
            assertThat(asked.path("path")).as(probe).isEqualTo(told.path("path"));
            assertThat(ports(charted).get(asked.path("port").asText()))
                    .as(probe)
                    .isEqualTo(told.path("port"));
        }
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void hasTheSameServiceNameAndPort(String service) throws IOException {
        JsonNode charted = charted(service).one("Service", service).at("/spec/ports/0");
        JsonNode built = built(service).one("Service", service).at("/spec/ports/0");
        assertThat(charted.path("name")).isEqualTo(built.path("name"));
        assertThat(charted.path("port")).isEqualTo(built.path("port"));
        assertThat(ports(container(charted(service)))
                        .get(charted.path("targetPort").asText()))
                .isEqualTo(built.path("targetPort"));
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void hasTheSameNameAndVersionLabels(String service) throws IOException {
        for (String label : List.of("app.kubernetes.io/name", "app.kubernetes.io/version")) {
            for (String object : List.of("/metadata/labels", "/spec/template/metadata/labels")) {
                JsonNode built =
                        built(service).one("Deployment", service).at(object).path(label);
                assertThat(built.asText()).as(label).isNotEmpty();
                assertThat(charted(service)
                                .one("Deployment", service)
                                .at(object)
                                .path(label))
                        .isEqualTo(built);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void runsTheImageOfTheBuild(String service) throws IOException {
        assertThat(container(charted(service)).path("image").asText())
                .isEqualTo(container(built(service)).path("image").asText().replaceFirst("^docker.io/", ""));
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void hasTheSamePrometheusAnnotations(String service) throws IOException {
        JsonNode charted = annotations(charted(service), service);
        JsonNode built = annotations(built(service), service);
        for (String annotation : List.of("prometheus.io/scrape", "prometheus.io/port", "prometheus.io/path")) {
            assertThat(built.path(annotation).asText()).as(annotation).isNotEmpty();
            assertThat(charted.path(annotation)).as(annotation).isEqualTo(built.path(annotation));
        }
    }

    private static Rendered charted(String service) {
        return Chart.of(service).render();
    }

    private static Rendered built(String service) throws IOException {
        Path file = Chart.REPOSITORY.resolve("services/" + service + "/target/kubernetes/kubernetes.yml");
        assertThat(file).as("What the build of %s leaves: mvn package", service).exists();
        return Rendered.parse(Files.readString(file));
    }

    private static JsonNode container(Rendered manifests) {
        return manifests.all("Deployment").findFirst().orElseThrow().at("/spec/template/spec/containers/0");
    }

    private static JsonNode annotations(Rendered manifests, String service) {
        return manifests.one("Deployment", service).at("/spec/template/metadata/annotations");
    }

    private static Map<String, JsonNode> ports(JsonNode container) {
        Map<String, JsonNode> ports = new TreeMap<>();
        container.path("ports").forEach(port -> ports.put(port.path("name").asText(), port.path("containerPort")));
        return ports;
    }
}
