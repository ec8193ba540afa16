package trellis.local.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"5s", "400ms", "70m", "1Gi", "1.5Gi", "4.4.0", "trellis/product", "IfNotPresent", "/a b", "A-b"})
    void leavesTextThatNothingElseLooksLike(String text) {
        assertEquals(text, Yaml.flow(TextNode.valueOf(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "1.5",
                "1e3",
                "0x1F",
                "0o7",
                "1_000",
                "1:20",
                "2026-01-31",
                "true",
                "No",
                "on",
                "y",
                "null",
                "~",
                ".inf",
                "-1",
                "- a",
                "a: b",
                "a #b",
                "*",
                "a,b",
                "{a}",
                "a\nb",
                " a",
                "%",
                "-Xmx1g"
            })
    void quotesTextThatYamlCouldTakeForSomethingElse(String text) {
        String quoted = Yaml.flow(TextNode.valueOf(text));
        assertTrue(quoted.startsWith("\""), quoted);
        assertEquals(text, Example.yaml("[" + quoted + "]").get(0).asText());
    }

    @Test
    void quotesAColonOnlyInsideAListOrAMap() {
        assertEquals(List.of("broker: kafka:9092"), Yaml.lines("", "broker:", TextNode.valueOf("kafka:9092")));
        assertEquals(List.of("brokers: [\"kafka:9092\"]"), Yaml.lines("", "brokers:", Example.yaml("['kafka:9092']")));
    }

    @Test
    void keepsTypes() {
        String text = "{a: 1, b: 0.5, c: \"1\", d: true, e: null, f: [], g: {}, \"yes\": no way}";
        assertEquals(text, Yaml.flow(Example.yaml(text)));
    }

    @Test
    void breaksWhatIsTooLongForALine() {
        String word = "w".repeat(50);
        JsonNode value = Example.yaml("{list: [%1$s, %1$s, %1$s], map: {a: %1$s, b: {c: d}}}".formatted(word));
        List<String> lines = Yaml.lines("  ", "key:", value);
        assertEquals(
                List.of(
                        "  key:",
                        "    list:",
                        "      - " + word,
                        "      - " + word,
                        "      - " + word,
                        "    map: {a: " + word + ", b: {c: d}}"),
                lines);
        assertEquals(value, Example.yaml(String.join("\n", lines)).get("key"));
    }
}
