package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** In a mesh, proxies connect only to what their workload needs. */
class EgressTest {
    private static final Chart DEMONSTRATION = Chart.landscape("dev");

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#STORING")
    void letsAServiceReachItsDatabaseAndTheBrokerAndItsMigrationTheDatabase(String service) {
        assertThat(hosts(DEMONSTRATION, service)).containsExactlyInAnyOrder(own("kafka"), own(service + "-db"));
        assertThat(hosts(DEMONSTRATION, service + "-migration")).containsExactly(own(service + "-db"));
    }

    @Test
    void letsTheCompositeReachItsNeighboursAndTheBroker() {
        assertThat(hosts(DEMONSTRATION, "product-composite"))
                .containsExactlyInAnyOrder(own("kafka"), own("product"), own("recommendation"), own("review"));
    }

    @Test
    void letsEveryOtherPodReachItsNamespaceAlone() {
        Rendered landscape = DEMONSTRATION.render();
        assertThat(hosts(DEMONSTRATION, "trellis")).containsExactly("./*");
        assertThat(landscape.all("Sidecar")).allSatisfy(sidecar -> {
            assertThat(sidecar.at("/spec/outboundTrafficPolicy/mode").asText()).isEqualTo("REGISTRY_ONLY");
            assertThat(sidecar.at("/spec").has("workloadSelector"))
                    .isNotEqualTo(Rendered.nameOf(sidecar).equals("trellis"));
        });
        assertThat(outside(landscape)).isEmpty();
    }

    @Test
    void namesTheServicesByTheDomainOfTheCluster() {
        assertThat(hosts(DEMONSTRATION.with("mesh.clusterDomain", "k8s.example.org"), "review"))
                .contains("./kafka.shop.svc.k8s.example.org");
    }

    @Test
    void opensTheNamespacesOfAddressesInTheCluster() {
        Chart product = product("""
                global:
                  kafka: {bootstrapServers: "kafka-bootstrap.messaging.svc:9092"}
                  tracing: {endpoint: "http://collector.observability:4317"}
                  egress: [{host: broker-0.brokers.elsewhere.svc.cluster.local, port: 9092}]
                database: {host: product.databases.svc}
                """);
        assertThat(hosts(product, "product"))
                .containsExactlyInAnyOrder("databases/*", "messaging/*", "observability/*", "elsewhere/*");
        assertThat(hosts(product, "product-migration")).containsExactly("databases/*");
        assertThat(product.render().has("ServiceEntry")).isFalse();
    }

    /** Its brokers have other names than the one that it is found by. */
    @Test
    void opensItsNamespaceForABrokerThatIsNotTheDemonstrations() {
        assertThat(hosts(product("global: {kafka: {bootstrapServers: \"bootstrap:9092\"}}"), "product"))
                .containsExactlyInAnyOrder("./*", own("product-db"));
    }

    @Test
    void makesTheHostsOutsideKnownThatItsValuesName() {
        Chart product = product("""
                global:
                  kafka: {bootstrapServers: "b-1.kafka.example.org:9094,b-2.kafka.example.org:9094"}
                  tracing: {endpoint: "https://otlp.example.org:443"}
                  egress: [{host: b-3.kafka.example.org, port: 9094}]
                database: {host: 10.1.2.3, port: 6432}
                egress: [{host: api.example.org, port: 80, protocol: HTTP}]
                """);
        assertThat(product.render().all("ServiceEntry").map(EgressTest::entry))
                .containsExactlyInAnyOrder(
                        "product-9094-b-1.kafka.example.org: b-1.kafka.example.org TCP 9094 NONE 0.0.0.0/0",
                        "product-9094-b-2.kafka.example.org: b-2.kafka.example.org TCP 9094 NONE 0.0.0.0/0",
                        "product-9094-b-3.kafka.example.org: b-3.kafka.example.org TCP 9094 NONE 0.0.0.0/0",
                        "product-6432-10.1.2.3: 10.1.2.3.address TCP 6432 NONE 10.1.2.3",
                        "product-443-otlp.example.org: otlp.example.org TLS 443 DNS ",
                        "product-80-api.example.org: api.example.org HTTP 80 DNS ");
        assertThat(hosts(product, "product"))
                .containsExactlyInAnyOrder(
                        "./b-1.kafka.example.org",
                        "./b-2.kafka.example.org",
                        "./b-3.kafka.example.org",
                        "./10.1.2.3.address",
                        "./otlp.example.org",
                        "./api.example.org");
        assertThat(product.render()
                        .one("NetworkPolicy", "product")
                        .at("/spec/egress")
                        .findValuesAsText("port"))
                .contains("9094", "6432", "443", "80");
    }

    @Test
    void namesNoEntryOfOneServiceLikeThatOfAnother() {
        Rendered landscape = Chart.landscape("dev")
                .with(Chart.REPOSITORY.resolve("helm/trellis/ci/external-values.yaml"))
                .render();
        assertThat(landscape.all("ServiceEntry").map(Rendered::nameOf))
                .contains("product-9094-b-1.kafka.example.org", "product-composite-9094-b-1.kafka.example.org")
                .doesNotHaveDuplicates();
        assertThat(outside(landscape)).isNotEmpty().allSatisfy(entry -> assertThat(entry.at("/spec/exportTo"))
                .hasToString("[\".\"]"));
    }

    private static List<JsonNode> outside(Rendered landscape) {
        return landscape
                .all("ServiceEntry")
                .filter(entry -> entry.at("/spec/location").asText().equals("MESH_EXTERNAL"))
                .toList();
    }

    private static Chart product(String yaml) {
        return Chart.of("product").with("global.mesh.mode", "sidecar").withYaml(yaml);
    }

    private static String own(String service) {
        return "./" + service + ".shop.svc.cluster.local";
    }

    private static List<String> hosts(Chart chart, String sidecar) {
        return chart.render()
                .one("Sidecar", sidecar)
                .at("/spec/egress/0/hosts")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private static String entry(JsonNode entry) {
        JsonNode spec = entry.path("spec");
        return Rendered.nameOf(entry) + ": "
                + String.join(
                        " ",
                        Stream.of("/hosts/0", "/ports/0/protocol", "/ports/0/number", "/resolution", "/addresses/0")
                                .map(field -> spec.at(field).asText())
                                .toList());
    }
}
