package trellis.local.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesFileTest {
    @TempDir
    private Path checkout;

    private Example example;

    @BeforeEach
    void createCheckout() {
        example = new Example(checkout);
    }

    @Test
    void hasEveryDefaultBelowItsDescription() {
        example.shop("""
                include: [service]
                values:
                  replicas: {default: 2}
                  image:
                    description: What runs
                    properties:
                      tag: {description: The version, comment: Of the image, type: string, default: ""}
                      digest: {description: Without a default, type: string}
                  resources:
                    properties: {cpu: {type: string}}
                    default: {cpu: 70m}
                """);
        assertEquals("""
                # Made by `make charts` of schema.yaml; change that file instead.

                # -- How many
                replicas: 2

                # -- What runs
                image:
                  # -- The version
                  # Of the image
                  tag: ""

                resources: {cpu: 70m}
                """, example.file("helm/shop/values.yaml"));
    }

    @Test
    void hasTheDefaultsOfTypes() {
        example.shop("""
                types: {database: {properties: {enabled: {type: boolean, default: true}}}}
                values:
                  databases:
                    properties:
                      first: {$ref: "#/$defs/database"}
                      second: {$ref: "#/$defs/database", properties: {enabled: {default: false}}}
                """);
        assertTrue(example.file("helm/shop/values.yaml").endsWith("""
                databases:
                  first:
                    enabled: true
                  second:
                    enabled: false
                """));
    }

    @Test
    void wrapsDescriptions() {
        example.shop("values: {a: {description: %s, default: 1}}".formatted("word ".repeat(40)));
        String text = example.file("helm/shop/values.yaml");
        assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
        assertTrue(text.contains("word\n# word"), text);
    }

    @Test
    void ofTheUmbrellaHasThatOfEachPartBelowItsName() {
        example.roads("switch: false\nvalues: {lanes: {default: 2}, global: {properties: {left: {default: true}}}}")
                .umbrella("""
                        values:
                          global: {properties: {level: {default: ""}}}
                          shop: {properties: {replicas: {default: 3}}}
                        """);
        assertEquals("""
                # Made by `make charts` of schema.yaml; change that file instead.

                global:
                  level: ""

                # -- Sells
                shop:
                  # -- Whether shop is part of the release
                  enabled: true
                  # -- How many
                  replicas: 3

                # -- Connect
                roads:
                  lanes: 2
                """, example.file("helm/trellis/values.yaml"));
    }

    @Test
    void leavesOutWhatAChartRemovesFromASection() {
        example.shop("{include: [service], values: {replicas: null}}");
        assertEquals(1, example.file("helm/shop/values.yaml").lines().count());
    }
}
