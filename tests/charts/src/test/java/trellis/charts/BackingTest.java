package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackingTest {

    @Test
    void installsNoDatabasesIfTheyAreExternal() {
        Rendered landscape = Chart.landscape("prod").render();
        assertThat(landscape.has("StatefulSet")).isFalse();
        assertThat(landscape.has("Secret")).isFalse();
        assertThat(Chart.of("backing")
                        .with("postgres.databases.product.enabled", false)
                        .render()
                        .all("StatefulSet")
                        .map(Rendered::nameOf))
                .contains("recommendation-db", "review-db", "kafka")
                .doesNotContain("product-db");
    }

    @Test
    void generatesAPasswordOnceAndKeepsIt() {
        String first = password(Chart.of("backing").in("new"));
        assertThat(first).hasSize(32).isNotEqualTo(password(Chart.of("backing").in("new")));
        EmptyCluster.holds("old", "product-db", "password", "as it was");
        assertThat(password(Chart.of("backing").in("old"))).isEqualTo("as it was");
    }

    @Test
    void keepsSecretsAndDataWhenItIsUninstalled() {
        Rendered backing = Chart.of("backing").render();
        assertThat(backing.all("Secret")).hasSameSizeAs(Chart.STORING).allSatisfy(secret -> assertThat(
                        secret.at("/metadata/annotations")
                                .path("helm.sh/resource-policy")
                                .asText())
                .isEqualTo("keep"));
        assertThat(backing.all("StatefulSet")).allSatisfy(set -> assertThat(set.at("/spec/volumeClaimTemplates"))
                .hasSize(1));
        assertThat(Chart.of("backing")
                        .with("persistence.enabled", false)
                        .render()
                        .all("StatefulSet"))
                .allSatisfy(set ->
                        assertThat(set.at("/spec").has("volumeClaimTemplates")).isFalse());
    }

    @Test
    void createsTheTopicsThatTheServicesReadAndWrite() {
        assertThat(Chart.of("backing")
                        .render()
                        .one("ConfigMap", "kafka-topics")
                        .at("/data/topics")
                        .asText()
                        .lines())
                .containsExactlyInAnyOrderElementsOf(topics());
    }

    private static List<String> topics() {
        List<String> topics = new ArrayList<>();
        topics.add("product-composites 3 cleanup.policy=compact delete.retention.ms=604800000"
                + " message.timestamp.type=LogAppendTime");
        for (String service : Chart.STORING) {
            topics.add("product-composites." + service + ".replay 1 retention.ms=-1");
            topics.add("product-composites." + service + ".dead-letter 1 retention.ms=-1");
        }
        return topics;
    }

    private static String password(Chart chart) {
        return new String(Base64.getDecoder()
                .decode(chart.render()
                        .one("Secret", "product-db")
                        .at("/data/password")
                        .asText()));
    }
}
