package trellis.local.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    @TempDir
    private Path checkout;

    private Example example;

    @BeforeEach
    void createCheckout() {
        example = new Example(checkout);
    }

    @Test
    void writesOnlyWhatChanges() {
        assertEquals(11, example.charts().write().size());
        assertEquals(List.of(), example.charts().write());
        example.roads("{switch: false, values: {lanes: {description: How many, type: integer}}}");
        assertTrue(example.charts().write().contains(Path.of("istio/roads/values.schema.json")));
    }

    @Test
    void writesNothingIfASourceIsWrong() {
        example.umbrella("include: [nothing]");
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> example.charts().write());
        assertEquals(
                "helm/trellis: There is no section nothing in the schema.yaml of trellis-common", refusal.getMessage());
        assertFalse(Files.exists(checkout.resolve("helm/shop/values.yaml")));
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        example.shop("values: {a: {default: 1}, a: {default: 2}}");
        assertThrows(IllegalStateException.class, () -> example.charts().write());
    }

    @Test
    void refusesAValueWithoutADescription() {
        example.shop("values: {a: 1}");
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> example.charts().write());
        assertEquals("helm/shop: This describes no value: a=1", refusal.getMessage());
    }
}
