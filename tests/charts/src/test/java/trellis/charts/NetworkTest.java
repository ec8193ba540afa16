package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is open but the edges of the design. */
class NetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void closesEveryPodInBothDirections(String environment) {
        Rendered landscape = Chart.landscape(environment).render();
        assertThat(landscape.all("NetworkPolicy")).allSatisfy(policy -> assertThat(policy.at("/spec/policyTypes"))
                .extracting(JsonNode::asText)
                .contains("Ingress", "Egress"));
        assertThat(landscape.all("Deployment").map(Rendered::nameOf))
                .allSatisfy(name -> landscape.one("NetworkPolicy", name));
        assertThat(landscape.all("StatefulSet").map(Rendered::nameOf))
                .allSatisfy(name -> landscape.one("NetworkPolicy", name));
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#STORING")
    void letsOnlyTheCompositeCallACoreServiceAndOnlyPrometheusReadItsMetrics(String service) {
        JsonNode policy = policy(Chart.of(service).with("global.mesh.enabled", true), service);
        assertThat(labels(policy.at("/spec/ingress")))
                .containsExactlyInAnyOrder("product-composite", "service", "prometheus");
        assertThat(labels(policy.at("/spec/egress"))).containsExactlyInAnyOrder(service + "-db", "kafka", "pilot");
    }

    @Test
    void letsTheCompositeReachItsThreeNeighboursAndTheBrokerOnly() {
        JsonNode policy = policy(Chart.of("product-composite"), "product-composite");
        assertThat(labels(policy.at("/spec/egress")))
                .containsExactlyInAnyOrder("product", "recommendation", "review", "service", "kafka");
    }

    @Test
    void letsOnlyItsOwnerReachADatabase() {
        JsonNode policy = policy(Chart.of("backing"), "review-db");
        assertThat(labels(policy.at("/spec/ingress"))).contains("review").doesNotContain("product", "recommendation");
    }

    @Test
    void knowsOnlyThePortOfADatabaseThatIsSomeoneElses() {
        JsonNode egress = policy(Chart.of("product").withSetting("database.address", "db.example.org:6543"), "product")
                .at("/spec/egress");
        assertThat(egress).anySatisfy(edge -> {
            assertThat(edge.at("/ports/0/port").asInt()).isEqualTo(6543);
            assertThat(edge.has("to")).isFalse();
        });
        assertThat(labels(egress)).doesNotContain("product-db");
    }

    @Test
    void opensTheWayToTheCollectorOnceThereIsOne() {
        JsonNode egress = policy(
                        Chart.of("product")
                                .withSetting(
                                        "quarkus.otel.exporter.otlp.endpoint",
                                        "http://collector.observability.svc:4317"),
                        "product")
                .at("/spec/egress");
        assertThat(egress)
                .anySatisfy(edge -> assertThat(edge.at("/ports/0/port").asInt()).isEqualTo(4317));
    }

    private static JsonNode policy(Chart chart, String name) {
        return chart.render().one("NetworkPolicy", name);
    }

    /** Every label value that an edge asks for. */
    private static Set<String> labels(JsonNode edges) {
        Set<String> labels = new TreeSet<>();
        edges.findValues("matchLabels").forEach(each -> each.forEach(value -> labels.add(value.asText())));
        edges.findValues("values").forEach(each -> each.forEach(value -> labels.add(value.asText())));
        return labels;
    }
}
