package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NetworkPolicies open only the connections of the design. */
class NetworkTest {
    private static final String SCRAPERS = "name prometheus of any namespace; name victoria-metrics of any namespace";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void deniesIngressAndEgressOfEveryPod(String environment) {
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
    void letsOnlyTheCompositeCallACoreServiceAndOnlyScrapersReadItsMetrics(String service) {
        JsonNode policy = policy(Chart.of(service).with("global.mesh.mode", "sidecar"), service);
        assertThat(edges(policy.at("/spec/ingress")))
                .containsExactlyInAnyOrder(
                        "http: name In product-composite, component In service", "15020: " + SCRAPERS);
        assertThat(edges(policy.at("/spec/egress")))
                .containsExactlyInAnyOrder(
                        "53 53: anyone",
                        "15012: app istiod of any namespace",
                        "5432: name " + service + "-db",
                        "9092: name kafka");
    }

    @Test
    void letsTheCompositeBeReachedFromItsOwnGatewayOnlyAndReachItsThreeNeighboursAndTheBroker() {
        JsonNode policy =
                policy(Chart.of("product-composite").with("global.mesh.mode", "sidecar"), "product-composite");
        assertThat(edges(policy.at("/spec/ingress")))
                .containsExactlyInAnyOrder(
                        "http: gateway-name edge; component test, name product-composite", "15020: " + SCRAPERS);
        assertThat(edges(policy.at("/spec/egress")))
                .containsExactlyInAnyOrder(
                        "53 53: anyone",
                        "15012: app istiod of any namespace",
                        "9092: name kafka",
                        "8080: name In product recommendation review, component In service");
    }

    @Test
    void letsOnlyItsOwnerReachADatabase() {
        JsonNode policy = policy(Chart.of("backing"), "review-db");
        assertThat(edges(policy.at("/spec/ingress")))
                .containsExactly("5432: name In review, component In service migration");
    }

    @Test
    void letsOnlyServicesAndTheJobThatCreatesTopicsReachTheBroker() {
        assertThat(edges(policy(Chart.of("backing"), "kafka").at("/spec/ingress")))
                .containsExactly("9092: name In "
                        + Chart.SERVICES.stream().sorted().collect(Collectors.joining(" "))
                        + ", component In service; name kafka, component topics");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#STORING")
    void letsAMigrationReachTheDatabaseAloneAndNobodyReachIt(String service) {
        JsonNode policy = policy(Chart.of(service).with("global.mesh.mode", "sidecar"), service + "-migration");
        assertThat(policy.at("/spec/ingress")).isEmpty();
        assertThat(edges(policy.at("/spec/egress")))
                .containsExactlyInAnyOrder(
                        "53 53: anyone", "15012: app istiod of any namespace", "5432: name " + service + "-db");
    }

    @Test
    void letsScrapersReadTheMetricsAtTheirOwnPortWithoutAMesh() {
        assertThat(edges(policy(Chart.of("product"), "product").at("/spec/ingress")))
                .contains("management: " + SCRAPERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void holdsForEveryPod(String environment) {
        Rendered landscape = Chart.landscape(environment).render();
        assertThat(Stream.concat(
                        landscape.all("Pod").map(pod -> pod.at("/metadata/labels")),
                        landscape.objects().stream()
                                .map(object -> object.at("/spec/template/metadata/labels"))
                                .filter(JsonNode::isObject)))
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(
                                landscape.all("NetworkPolicy").map(policy -> policy.at("/spec/podSelector")))
                        .as(labels.toString())
                        .anyMatch(selector -> selects(selector, labels)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void selectsPodsThatExist(String environment) {
        Rendered landscape = Chart.landscape(environment).render();
        List<JsonNode> pods = landscape.objects().stream()
                .map(object -> object.at("/spec/template/metadata/labels"))
                .filter(JsonNode::isObject)
                .toList();
        assertThat(landscape
                        .all("NetworkPolicy")
                        .filter(policy -> !Rendered.nameOf(policy).endsWith("-test"))
                        .filter(policy -> !Rendered.nameOf(policy).equals("edge"))) // whose pods Istio makes
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(pods)
                        .as(Rendered.nameOf(policy))
                        .anyMatch(labels -> selects(policy.at("/spec/podSelector"), labels)));
    }

    @Test
    void allowsOnlyThePortOfAnExternalDatabase() {
        JsonNode egress = policy(
                        Chart.of("product")
                                .with("database.host", "db.example.org")
                                .with("database.port", 6543),
                        "product")
                .at("/spec/egress");
        assertThat(egress).anySatisfy(edge -> {
            assertThat(edge.at("/ports/0/port").asInt()).isEqualTo(6543);
            assertThat(edge.has("to")).isFalse();
        });
        assertThat(egress.toString()).doesNotContain("product-db");
    }

    @Test
    void allowsOnlyThePortOfADatabaseThatIsNotTheDemonstrations() {
        assertThat(edges(policy(Chart.of("product").with("database.host", "shop-pg-rw"), "product")
                        .at("/spec/egress")))
                .contains("5432: anyone");
    }

    @Test
    void allowsEgressToTheCollectorIfThereIsOne() {
        JsonNode egress = policy(
                        Chart.of("product").with("global.tracing.endpoint", "http://collector.observability.svc:4317"),
                        "product")
                .at("/spec/egress");
        assertThat(egress)
                .anySatisfy(edge -> assertThat(edge.at("/ports/0/port").asInt()).isEqualTo(4317));
    }

    private static JsonNode policy(Chart chart, String name) {
        return chart.render().one("NetworkPolicy", name);
    }

    /** Each edge as its ports, then the peers' pods: `http: name kafka`. */
    private static List<String> edges(JsonNode edges) {
        return edges.valueStream()
                .map(edge ->
                        join(edge.path("ports"), " ", port -> port.path("port").asText()) + ": " + peers(edge))
                .toList();
    }

    private static String peers(JsonNode edge) {
        JsonNode peers = edge.has("from") ? edge.path("from") : edge.path("to");
        return peers.isEmpty() ? "anyone" : join(peers, "; ", NetworkTest::peer);
    }

    private static String peer(JsonNode peer) {
        JsonNode selector = peer.path("podSelector");
        String labels = selector.path("matchLabels")
                .propertyStream()
                .map(label -> shortName(label.getKey()) + " " + label.getValue().asText())
                .collect(Collectors.joining(", "));
        String expressions = join(
                selector.path("matchExpressions"),
                ", ",
                each -> shortName(each.path("key").asText()) + " "
                        + each.path("operator").asText() + " " + join(each.path("values"), " ", JsonNode::asText));
        return labels + expressions + (peer.has("namespaceSelector") ? " of any namespace" : "");
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return selector.path("matchLabels").propertyStream().allMatch(label -> label.getValue()
                        .equals(labels.path(label.getKey())))
                && selector.path("matchExpressions").valueStream().allMatch(each -> each.path("values")
                        .valueStream()
                        .anyMatch(labels.path(each.path("key").asText())::equals));
    }

    private static String shortName(String label) {
        return label.replaceFirst(".*/", "");
    }

    private static String join(JsonNode list, String between, Function<JsonNode, String> as) {
        return list.valueStream().map(as).collect(Collectors.joining(between));
    }
}
