package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong value fails at {@code helm install} with a helpful message, not later in a pod. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            product.replica                                            | 1       | additional properties 'replica' not allowed
            products.replicaCount                                      | 1       | additional properties 'products' not allowed
            global.setting                                             | 1       | '/global': additional properties 'setting' not allowed
            product.replicaCount                                       | two     | replicaCount': got string, want null or integer
            product.replicaCount                                       | -1      | replicaCount': minimum
            product.autoscaling.targetCPUUtilizationPercentage         | 0       | targetCPUUtilizationPercentage': minimum
            product.settings.quarkus\\.datasource\\.reactive\\.max-sise | 5       | 'quarkus.datasource.reactive.max-sise' not allowed
            product.settings.quarkus\\.datasource\\.reactive\\.max-size | 1000    | maximum: got 1,000, want 100
            product.settings.database\\.connect-timeout                | soon    | database.connect-timeout': 'soon' does not match pattern
            product.settings.database\\.connect-timeout                | 0ms     | database.connect-timeout': '0ms' does not match pattern
            product.settings.database\\.connect-timeout                | 99999h  | connect-timeout': '99999h' does not match pattern
            recommendation.settings.recommendation\\.minimum-rate      | 101     | recommendation.minimum-rate': maximum: got 101, want 100
            product.settings.recommendation\\.minimum-rate             | 50      | properties 'recommendation.minimum-rate' not allowed
            product.settings.quarkus\\.log\\.level                     | DEBUG   | properties 'quarkus.log.level' not allowed
            global.logLevel                                            | LOUD    | at '/global/logLevel': value must be one of
            global.settings.quarkus\\.shutdown\\.timeout               | 500ms   | does not match pattern
            global.kafka.bootstrapServers                              | kafka   | does not match pattern
            global.kafka.bootstrapServers                              | a:99999 | does not match pattern
            global.java.options                                        | Xint    | '/global/java/options': 'Xint' does not match pattern
            global.mesh.mode                                           | sidecar | at '/global': additional properties 'mesh' not allowed
            product.global.mesh.mode                                   | sidecar | product.global.mesh.mode has no effect: set mesh.mode
            mesh.mode                                                  | istio   | mode': value must be one of 'none', 'sidecar'
            mesh.sidecar.resources.requests.cpus                       | 1       | additional properties 'cpus' not allowed
            mesh.sidecar.resources.requests.memory                     | 1.2.3   | does not match pattern
            product.image.digest                                       | latest  | does not match pattern
            product.image.tag                                          | 11      | image/tag': got number, want string
            global.imageRegistry                                       | host/   | does not match pattern
            product.trellis-common.workload.replicaCount               | 5       | additional properties 'workload' not allowed
            trellis-common.replicaCount                                | 5       | additional properties 'trellis-common' not allowed
            product.database.password                                  | secret  | additional properties 'password' not allowed
            product.database.tls.mode                                  | require | additional properties 'mode' not allowed
            product.podLabels.app\\.kubernetes\\.io/name               | other   | invalid propertyName 'app.kubernetes.io/name'
            backing.persistence.enabled                                | maybe   | got string, want boolean
            product-composite.httpRoute.timeout                        | 100000s | does not match pattern
            product-composite.httpRoute.annotations.a                  | b       | httpRoute.annotations has no effect without a gateway
            mesh.gateway.port                                          | 70000   | maximum: got 70,000, want 65,535
            product.networkPolicy.extraIngress[0].ports[0].port        | 80      | networkPolicy.extraIngress has no effect
            tags.everything                                            | true    | additional properties 'tags' not allowed
            """)
    void refuses(String key, String value, String reason) {
        Chart landscape = Chart.landscape().with("product.networkPolicy.enabled", false);
        assertThatThrownBy(() -> landscape.with(key, value).render()).hasMessageContaining(reason);
    }

    /** What a user leaves when all lines of a section are commented out; Helm deletes the key with its defaults. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            global                         | missing property 'global'
            product.logLevel               | missing property 'logLevel'
            product.podAnnotations         | missing property 'podAnnotations'
            mesh.gateway                   | missing property 'gateway'
            product.image                  | missing property 'image'
            product.image.repository       | missing property 'repository'
            product.resources              | missing property 'resources'
            product.settings               | missing property 'settings'
            product.serviceAccount         | missing property 'serviceAccount'
            review.database                | missing property 'database'
            product-composite.httpRoute    | missing property 'httpRoute'
            backing.postgres.databases     | missing property 'databases'
            """)
    void saysWhichSectionWasLeftEmpty(String section, String reason) {
        StringBuilder yaml = new StringBuilder();
        int depth = 0;
        for (String key : section.split("\\.")) {
            yaml.append("  ".repeat(depth++)).append(key).append(":\n");
        }
        Chart landscape = Chart.landscape().withYaml(yaml.toString());
        assertThatThrownBy(landscape::render).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"product:", "backing:", "mesh:", "product: {enabled: null}"})
    void hasTheDefaultsOfAPartThatIsLeftEmpty(String yaml) {
        assertThat(Chart.landscape().withYaml(yaml).render().names())
                .isEqualTo(Chart.landscape().render().names());
    }

    @Test
    void refusesAMisspeltValueOfAPartThatIsSwitchedOff() {
        Chart landscape = Chart.landscape().withYaml("review: {enabled: false, replicas: 3}");
        assertThatThrownBy(landscape::render).hasMessageContaining("additional properties 'replicas' not allowed");
    }

    @Test
    void refusesToSwitchOffAPartThatIsInstalledAlone() {
        Chart product = Chart.of("product").with("enabled", false);
        assertThatThrownBy(product::render).hasMessageContaining("at '/enabled'");
    }

    @Test
    void refusesAMinimumOfInstancesAboveTheMaximum() {
        Chart prod = Chart.landscape("prod").with("review.autoscaling.minReplicas", 9);
        assertThatThrownBy(prod::render)
                .hasMessageContaining("review: autoscaling.minReplicas is 9, above maxReplicas, which is 5");
    }

    @Test
    void refusesToMountAVolumeThatIsNotThere() {
        Chart product =
                Chart.of("product").withYaml("extraVolumeMounts: [{name: certificates, mountPath: /etc/company}]");
        assertThatThrownBy(product::render).hasMessageContaining("certificates, which is not among extraVolumes");
    }

    @Test
    void refusesAutoscalingByAPercentageOfNothing() {
        Chart product =
                Chart.of("product").withYaml("{autoscaling: {enabled: true}, resources: {requests: {cpu: null}}}");
        assertThatThrownBy(product::render).hasMessageContaining("resources.requests.cpu");
    }

    @Test
    void refusesAnUnknownKeyOfTheMeshChart() {
        Chart mesh = Chart.of("mesh").with("global.meshes", 1);
        assertThatThrownBy(mesh::render).hasMessageContaining("meshes");
    }
}
