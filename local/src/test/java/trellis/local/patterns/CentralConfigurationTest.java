package trellis.local.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CentralConfigurationTest {
    @Test
    void addsTheSettingToThoseThatAreThere() {
        assertEquals(
                "quarkus.log.level=INFO\nrecommendation.minimum-rate=80\n",
                CentralConfiguration.with("quarkus.log.level=INFO\n"));
    }

    @Test
    void replacesTheSettingIfItIsThere() {
        assertEquals(
                "quarkus.log.level=INFO\nrecommendation.minimum-rate=80\n",
                CentralConfiguration.with("recommendation.minimum-rate=20\nquarkus.log.level=INFO\n"));
    }
}
