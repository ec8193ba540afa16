package trellis.local.charts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkout with a library, an umbrella and two parts, the second of which has no switch. */
final class Example {
    private static final Path LIBRARY = Path.of("helm/trellis-common");
    private static final Path UMBRELLA = Path.of("helm/trellis");
    private static final Path SHOP = Path.of("helm/shop");
    private static final Path ROADS = Path.of("istio/roads");

    private final Path checkout;

    Example(Path checkout) {
        this.checkout = checkout;
        library("""
                sections:
                  service:
                    replicas: {description: How many, type: [integer, "null"], default: 1}
                """);
        shop("include: [service]");
        roads("switch: false");
        umbrella("");
        Path noDependency = Path.of("Chart.yaml");
        write(LIBRARY.resolve(noDependency), "name: trellis-common");
        write(UMBRELLA.resolve(noDependency), "name: trellis");
        write(SHOP.resolve(noDependency), """
                name: shop
                description: Sells
                dependencies: [{name: trellis-common}]
                """);
        write(ROADS.resolve(noDependency), "{name: roads, description: Connect}");
        for (Path chart : new Path[] {UMBRELLA, SHOP, ROADS}) {
            write(chart.resolve("README.md"), "# Title\n<!-- values -->\nold\n<!-- /values -->\nEnd\n");
        }
    }

    Example library(String schema) {
        return write(LIBRARY.resolve("schema.yaml"), schema);
    }

    Example shop(String schema) {
        return write(SHOP.resolve("schema.yaml"), schema);
    }

    Example roads(String schema) {
        return write(ROADS.resolve("schema.yaml"), schema);
    }

    /** The umbrella's schema.yaml, but for its parts. */
    Example umbrella(String schema) {
        return write(UMBRELLA.resolve("schema.yaml"), "parts: {shop: helm/shop, roads: istio/roads}\n" + schema);
    }

    Example write(Path file, String text) {
        try {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.writeString(checkout.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Charts charts() {
        return new Charts(checkout);
    }

    String file(String path) {
        return charts().files().get(Path.of(path));
    }

    /** The schema of shop. */
    JsonNode schema() {
        return schema("helm/shop");
    }

    JsonNode schema(String chart) {
        try {
            return new ObjectMapper().readTree(file(chart + "/values.schema.json"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
