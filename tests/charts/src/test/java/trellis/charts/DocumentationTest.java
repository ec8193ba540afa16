package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Values that the documentation shows are accepted, and say what it says of them. */
class DocumentationTest {
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    @Test
    void startsProductionFromLessThanThirtyLines() throws IOException {
        String values = blocks("production.md").getFirst();
        assertThat(values.lines()).hasSizeLessThan(30);
        assertThat(Chart.landscape().withYaml(values).render().objects())
                .isNotEmpty()
                .isEqualTo(Chart.landscape("prod").render().objects());
    }

    @Test
    void showsOnlyValuesThatAreAccepted() throws IOException {
        for (String page : List.of("production.md", "central-configuration.md", "plugs.md")) {
            assertThat(blocks(page)).isNotEmpty().allSatisfy(values -> assertThat(
                            chartOf(values).withYaml(values).render().objects())
                    .isNotEmpty());
        }
    }

    @Test
    void repeatsNoDefaultInTheFilesOfTheEnvironments() throws IOException {
        Path folder = Chart.REPOSITORY.resolve("helm/trellis");
        JsonNode defaults =
                new YAMLMapper().readTree(folder.resolve("values.yaml").toFile());
        for (String environment : List.of("dev", "prod")) {
            JsonNode values = new YAMLMapper()
                    .readTree(folder.resolve("values-" + environment + ".yaml").toFile());
            assertThat(leaves("", values)).isNotEmpty().noneMatch(leaf -> defaults.at(leaf)
                    .equals(values.at(leaf)));
        }
    }

    private static Chart chartOf(String values) {
        return values.startsWith("# helm/observability\n") ? Chart.of("observability") : Chart.landscape("dev");
    }

    /** The JSON pointers of all values but objects. */
    private static Stream<String> leaves(String pointer, JsonNode node) {
        return node.isObject()
                ? node.propertyStream().flatMap(each -> leaves(pointer + "/" + each.getKey(), each.getValue()))
                : Stream.of(pointer);
    }

    private static List<String> blocks(String page) throws IOException {
        String text = Files.readString(Chart.REPOSITORY.resolve("docs").resolve(page));
        return YAML.matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> !block.startsWith("apiVersion:")) // an object of someone else's
                .toList();
    }
}
