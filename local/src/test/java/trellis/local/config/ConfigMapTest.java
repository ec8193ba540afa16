package trellis.local.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigMapTest {
    @Test
    void readsAValueAsJavaDoes() {
        assertEquals(
                Map.of("greeting", new Setting("a=b: c", "review.settings")),
                new ConfigMap("# review.settings\ngreeting = a=b\\: c\n", "").settings());
    }

    @Test
    void hasNoJavaOptionsWhereOnlyTheirOriginIsWritten() {
        assertEquals(Map.of(), new ConfigMap("", "# global.java.options\n\n").settings());
    }

    @Test
    void knowsNoOriginOfASettingWithoutAComment() {
        assertEquals(
                Map.of("java.options", new Setting("-Xmx1g\n-Xss1m", ""), "a", new Setting("1", "")),
                new ConfigMap("a=1", "-Xmx1g\n-Xss1m\n").settings());
    }
}
