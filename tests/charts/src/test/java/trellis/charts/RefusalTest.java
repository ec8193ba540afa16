package trellis.charts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value fails at {@code helm install} with a helpful message, not later in a pod. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            product.replica                                            | 1       | additional properties 'replica' not allowed
            products.scale.replicas                                    | 1       | additional properties 'products' not allowed
            global.setting                                             | 1       | at '/global': additional properties 'setting' not allowed
            product.scale.replicas                                     | two     | at '/scale/replicas': got string, want integer
            product.scale.replicas                                     | -1      | at '/scale/replicas': minimum
            global.scale.cpuPercent                                    | 0       | at '/global/scale/cpuPercent': minimum
            product.settings.quarkus\\.datasource\\.reactive\\.max-sise | 5       | 'quarkus.datasource.reactive.max-sise' not allowed
            product.settings.quarkus\\.datasource\\.reactive\\.max-size | 1000    | maximum: got 1,000, want 100
            product.settings.database\\.connect-timeout                | soon    | database.connect-timeout': 'soon' does not match pattern
            recommendation.settings.recommendation\\.minimum-rate      | 101     | recommendation.minimum-rate': maximum: got 101, want 100
            product.settings.recommendation\\.minimum-rate             | 50      | properties 'recommendation.minimum-rate' not allowed
            global.settings.quarkus\\.log\\.level                      | LOUD    | must be one of 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'
            global.settings.quarkus\\.shutdown\\.timeout               | 500ms   | does not match pattern
            global.settings.kafka\\.bootstrap\\.servers                | kafka   | does not match pattern
            global.java.options                                        | Xint    | '/global/java/options': 'Xint' does not match pattern
            global.mesh.sidecar.cpus                                   | 1       | additional properties 'cpus' not allowed
            product.image.digest                                       | latest  | does not match pattern
            global.image.repository                                    | shop    | additional properties 'repository' not allowed
            global.image.registry                                      | host/   | does not match pattern
            global.mesh.sidecar.memory                                 | 1.2.3   | does not match pattern
            global.settings.kafka\\.bootstrap\\.servers                | a:99999 | does not match pattern
            product.common.workload.scale.replicaz                     | 5       | additional properties 'replicaz' not allowed
            product.common.workloads                                   | 5       | additional properties 'workloads' not allowed
            product.database.password                                  | secret  | additional properties 'password' not allowed
            backing.persistence.enabled                                | maybe   | got string, want boolean
            mesh.gateway.timeout                                       | 100000s | does not match pattern
            mesh.gateway.port                                          | 70000   | maximum: got 70,000, want 65,535
            tags.everything                                            | true    | additional properties 'everything' not allowed
            """)
    void refuses(String key, String value, String reason) {
        assertThatThrownBy(() -> Chart.landscape("dev").with(key, value).render())
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAMinimumOfInstancesAboveTheMaximum() {
        Chart prod = Chart.landscape("prod").with("review.scale.min", 9);
        assertThatThrownBy(prod::render).hasMessageContaining("review.scale: min is 9, above max, which is 6");
    }

    @Test
    void refusesAnUnknownKeyOfTheMeshChart() {
        Chart mesh = Chart.of("mesh").with("global.meshes", 1);
        assertThatThrownBy(mesh::render).hasMessageContaining("meshes");
    }
}
