package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for every pod, whether of a service, a database or a job. */
class PodTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void passesPodSecurityRestricted(String environment) {
        assertThat(Chart.landscape(environment).render().podSpecs())
                .isNotEmpty()
                .allSatisfy(pod -> {
                    assertThat(pod.at("/automountServiceAccountToken").asBoolean(true))
                            .isFalse();
                    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                            .isTrue();
                    assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.at("/volumes")).noneSatisfy(volume -> assertThat(volume.has("hostPath"))
                            .isTrue());
                    assertThat(pod.at("/containers")).allSatisfy(container -> {
                        JsonNode security = container.at("/securityContext");
                        assertThat(security.at("/allowPrivilegeEscalation").asBoolean(true))
                                .isFalse();
                        assertThat(security.at("/readOnlyRootFilesystem").asBoolean())
                                .isTrue();
                        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                    });
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void setsRequestsAndLimitsOfEveryContainer(String environment) {
        assertThat(Chart.landscape(environment).render().podSpecs().flatMap(pod -> pod.at("/containers")
                        .valueStream()))
                .allSatisfy(container -> assertThat(container.at("/resources").findValues("memory"))
                        .hasSize(2));
    }
}
