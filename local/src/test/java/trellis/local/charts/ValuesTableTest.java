package trellis.local.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTableTest {
    @TempDir
    private Path checkout;

    private Example example;

    @BeforeEach
    void createCheckout() {
        example = new Example(checkout);
    }

    @Test
    void replacesWhatStandsBetweenItsMarks() {
        example.shop("""
                include: [service]
                values:
                  image: {properties: {tag: {description: "a|b", default: ""}}}
                  settings:
                    description: By name
                    default: {}
                    properties:
                      shop.size: {description: Its size, type: integer, minimum: 1, maximum: 9}
                      shop.wait: {type: string, accepts: "`5s`"}
                """);
        assertEquals("""
                # Title
                <!-- values -->

                | Key | Default | Description |
                | --- | --- | --- |
                | `replicas` | `1` | How many |
                | `image.tag` | `""` | a\\|b |
                | `settings` | `{}` | By name |

                ### Settings of the application

                Below `settings`:

                | Name | Accepts | Description |
                | --- | --- | --- |
                | `shop.size` | `1..9` | Its size |
                | `shop.wait` | `5s` |  |

                <!-- /values -->
                End
                """, example.file("helm/shop/README.md"));
    }

    @Test
    void hasAHeadingForEachSectionIfItIsLong() {
        String many =
                IntStream.range(0, 30).mapToObj(i -> "k" + i + ": {default: 1}").collect(Collectors.joining(", "));
        example.shop("{include: [service], values: {" + many + "}}");
        assertTrue(example.file("helm/shop/README.md").contains("""
                | `k29` | `1` |  |

                ### Service

                | Key | Default | Description |
                | --- | --- | --- |
                | `replicas` | `1` | How many |
                """));
    }

    @Test
    void ofTheUmbrellaSaysOnceWhatSeveralPartsHave() {
        example.roads("{switch: false, include: [service], values: {replicas: {default: 2}, lanes: {default: 2}}}");
        assertTrue(example.file("helm/trellis/README.md").contains("""
                ### Service

                Below `shop`, `roads`:

                | Key | Default | Description |
                | --- | --- | --- |
                | `replicas` | `1` | How many |

                ### `shop`

                | Key | Default | Description |
                | --- | --- | --- |
                | `shop.enabled` | `true` | Whether shop is part of the release |

                ### `roads`

                | Key | Default | Description |
                | --- | --- | --- |
                | `roads.replicas` | `2` | How many |
                | `roads.lanes` | `2` |  |

                """));
    }

    @Test
    void needsAPlace() {
        example.write(Path.of("helm/shop/README.md"), "# Title\n");
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> example.charts().write());
        assertTrue(refusal.getMessage().contains("helm/shop/README.md needs the lines"), refusal.getMessage());
    }
}
