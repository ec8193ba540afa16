package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WorkloadTest {

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void removesNoInstanceBeforeAnotherIsReady(String service) {
        JsonNode strategy = deployment(service).at("/spec/strategy/rollingUpdate");
        assertThat(strategy.at("/maxUnavailable").asInt(-1)).isZero();
        assertThat(strategy.at("/maxSurge").asInt()).isOne();
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void probesTheManagementPort(String service) {
        JsonNode container = container(service);
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        assertThat(container.findValues("httpGet"))
                .allSatisfy(probe -> assertThat(probe.path("port").asText()).isEqualTo("management"));
        assertThat(container.at("/ports"))
                .anySatisfy(
                        port -> assertThat(port.path("containerPort").asInt()).isEqualTo(9000));
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void isFoundByItsOwnNameOnPort80(String service) {
        JsonNode found = Chart.of(service).render().one("Service", service);
        assertThat(found.at("/spec/ports/0/port").asInt()).isEqualTo(80);
        assertThat(found.at("/spec/ports/0/appProtocol").asText()).isEqualTo("http");
        assertThat(found.at("/spec/ports")).hasSize(1);
        assertThat(found.at("/spec/selector")).isEqualTo(deployment(service).at("/spec/selector/matchLabels"));
    }

    @Test
    void givesRunningRequestsEnoughTimeBeforeItKills() {
        JsonNode pod = Chart.of("product")
                .withSetting("quarkus.shutdown.timeout", "30s")
                .render()
                .one("Deployment", "product")
                .at("/spec/template/spec");
        int pause = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
        assertThat(pause).isPositive();
        assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isGreaterThan(pause + 30);
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void spreadsOverNodesAndZones(String service) {
        assertThat(deployment(service)
                        .at("/spec/template/spec/topologySpreadConstraints")
                        .findValuesAsText("topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void allowsOneDisruptionAtATime(String service) {
        assertThat(Chart.of(service)
                        .render()
                        .one("PodDisruptionBudget", service)
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isOne();
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void leavesReplicasToTheAutoscaler(String service) {
        Rendered fixed = Chart.of(service).with("replicaCount", 3).render();
        assertThat(fixed.one("Deployment", service).at("/spec/replicas").asInt())
                .isEqualTo(3);
        assertThat(fixed.has("HorizontalPodAutoscaler")).isFalse();

        Rendered scaled = Chart.of(service)
                .with("autoscaling.enabled", true)
                .with("autoscaling.maxReplicas", 9)
                .render();
        assertThat(scaled.one("Deployment", service).at("/spec").has("replicas"))
                .isFalse();
        JsonNode autoscaler = scaled.one("HorizontalPodAutoscaler", service).at("/spec");
        assertThat(autoscaler.at("/maxReplicas").asInt()).isEqualTo(9);
        assertThat(autoscaler.at("/metrics/0/containerResource/container").asText())
                .isEqualTo(service);
        assertThat(Chart.of(service)
                        .withYaml("replicaCount: null")
                        .render()
                        .one("Deployment", service)
                        .at("/spec")
                        .has("replicas"))
                .as("left to whoever scales")
                .isFalse();
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#STORING")
    void referencesTheSecretOfItsDatabase(String service) {
        JsonNode environment = Chart.of(service)
                .with("database.existingSecret", "mine")
                .render()
                .one("Deployment", service)
                .at("/spec/template/spec/containers/0/env");
        assertThat(environment)
                .anySatisfy(variable -> {
                    assertThat(variable.path("name").asText()).isEqualTo("DATABASE_PASSWORD");
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
                            .isEqualTo("mine");
                })
                .noneSatisfy(variable -> assertThat(variable.has("value")).isTrue());
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#STORING")
    void migratesTheSchemaOnceForAnImageAndADatabase(String service) {
        String job = migration(Chart.of(service));
        assertThat(migration(Chart.of(service).with("logLevel", "DEBUG")))
                .as("another log level has nothing to migrate")
                .isEqualTo(job);
        assertThat(migration(Chart.of(service).with("image.tag", "v2")))
                .as("another version has")
                .isNotEqualTo(job);
        assertThat(migration(Chart.of(service).with("database.host", "elsewhere")))
                .as("another database has")
                .isNotEqualTo(job);
    }

    @Test
    void passesJvmOptionsOfAllOrOfOneService() {
        Chart landscape = Chart.landscape("prod");
        assertThat(jvmOptions(landscape, "product")).isEmpty();
        landscape = landscape.with("global.java.options", "-Xint").with("review.java.options", "-Xcomp -Xmx200m");
        assertThat(jvmOptions(landscape, "product")).containsExactly("-Xint");
        assertThat(jvmOptions(landscape, "review")).containsExactly("-Xcomp -Xmx200m");
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void reloadsChangedClassesOnlyIfConfigured(String service) {
        JsonNode reloading = container(
                Chart.landscape("dev").with("global.liveReload", true).render().one("Deployment", service));
        assertThat(reloading.at("/env").findValuesAsText("name")).contains("QUARKUS_LAUNCH_DEVMODE");
        assertThat(reloading.at("/volumeMounts").findValuesAsText("mountPath")).contains("/deployments/dev/app");
        assertThat(Stream.of("dev", "prod")
                        .map(environment ->
                                container(Chart.landscape(environment).render().one("Deployment", service))))
                .allSatisfy(container -> {
                    assertThat(container.at("/env").findValuesAsText("name")).doesNotContain("QUARKUS_LAUNCH_DEVMODE");
                    assertThat(container.at("/volumeMounts").findValuesAsText("mountPath"))
                            .doesNotContain("/deployments/dev/app");
                });
    }

    @ParameterizedTest
    @FieldSource("trellis.charts.Chart#SERVICES")
    void takesWhatAPlatformAddsToItsPods(String service) {
        JsonNode pod = Chart.of(service)
                .withYaml("""
                        podAnnotations: {example.org/team: shop}
                        podLabels: {cost-center: "4711"}
                        nodeSelector: {disk: ssd}
                        tolerations: [{key: dedicated, operator: Exists}]
                        affinity: {nodeAffinity: {}}
                        priorityClassName: high
                        topologySpreadConstraints: [{topologyKey: rack, maxSkew: 2, whenUnsatisfiable: DoNotSchedule}]
                        podSecurityContext: {runAsUser: null, supplementalGroups: [7]}
                        securityContext: {procMount: Default}
                        serviceAccount: {name: shop}
                        extraEnv: [{name: PROXY, value: "http://proxy:3128"}]
                        extraVolumes: [{name: certificates, configMap: {name: company}}]
                        extraVolumeMounts: [{name: certificates, mountPath: /etc/company}]
                        """)
                .render()
                .one("Deployment", service)
                .at("/spec/template");
        assertThat(pod.at("/metadata/annotations").path("example.org/team").asText())
                .isEqualTo("shop");
        assertThat(pod.at("/metadata/labels/cost-center").asText()).isEqualTo("4711");
        JsonNode spec = pod.at("/spec");
        assertThat(spec.at("/nodeSelector/disk").asText()).isEqualTo("ssd");
        assertThat(spec.at("/tolerations/0/key").asText()).isEqualTo("dedicated");
        assertThat(spec.at("/affinity").has("nodeAffinity")).isTrue();
        assertThat(spec.at("/priorityClassName").asText()).isEqualTo("high");
        assertThat(spec.at("/topologySpreadConstraints").findValuesAsText("topologyKey"))
                .containsExactly("rack");
        assertThat(spec.at("/securityContext").has("runAsUser")).isFalse();
        assertThat(spec.at("/securityContext/runAsGroup").asInt()).isEqualTo(10001);
        assertThat(spec.at("/securityContext/supplementalGroups/0").asInt()).isEqualTo(7);
        assertThat(spec.at("/serviceAccountName").asText()).isEqualTo("shop");
        JsonNode container = spec.at("/containers/0");
        assertThat(container.at("/securityContext/procMount").asText()).isEqualTo("Default");
        assertThat(container.at("/env").findValuesAsText("value")).contains("http://proxy:3128");
        assertThat(container.at("/volumeMounts").findValuesAsText("mountPath")).contains("/etc/company");
        assertThat(spec.at("/volumes").findValuesAsText("name")).contains("certificates");
    }

    @Test
    void canLeaveOutItsAccountItsBudgetAndItsNetworkPolicy() {
        Rendered product = Chart.of("product").withYaml("""
                        serviceAccount: {create: false}
                        podDisruptionBudget: {enabled: false}
                        networkPolicy: {enabled: false}
                        """).render();
        assertThat(product.has("ServiceAccount")).isFalse();
        assertThat(product.has("PodDisruptionBudget")).isFalse();
        assertThat(product.has("NetworkPolicy")).isFalse();
        assertThat(product.one("Deployment", "product")
                        .at("/spec/template/spec/serviceAccountName")
                        .asText())
                .isEqualTo("default");
    }

    @Test
    void budgetsByWhatMustBeAvailableIfAsked() {
        JsonNode budget = Chart.of("product")
                .with("podDisruptionBudget.minAvailable", "50%")
                .render()
                .one("PodDisruptionBudget", "product")
                .at("/spec");
        assertThat(budget.path("minAvailable").asText()).isEqualTo("50%");
        assertThat(budget.has("maxUnavailable")).isFalse();
    }

    private static Stream<String> jvmOptions(Chart chart, String service) {
        return chart.render()
                .one("ConfigMap", service)
                .at("/data")
                .path("java.options")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    private static String migration(Chart chart) {
        return chart.render().all("Job").map(Rendered::nameOf).findFirst().orElseThrow();
    }

    private static JsonNode deployment(String service) {
        return Chart.of(service).render().one("Deployment", service);
    }

    private static JsonNode container(String service) {
        return container(deployment(service));
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }
}
