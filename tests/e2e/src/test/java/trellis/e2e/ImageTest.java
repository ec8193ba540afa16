package trellis.e2e;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ClusterTest
class ImageTest {
    private static final String SERVICE = "product";
    private static final String IMAGE = "trellis/" + SERVICE;
    private static final Set<String> NOT_SOURCES = Set.of(".git", ".local", "target");

    private final Target target = Target.fromEnvironment();
    private final Registry registry = new Registry(target);
    private final String again = target.version() + "-again";
    private final String afterChange = target.version() + "-changed";

    @TempDir
    private Path elsewhere;

    @Test
    void theSameSourcesMakeTheSameImageInAnyFolderAndAChangedLinePushesKilobytes() throws IOException {
        copySources();
        build(again);
        assertEquals(registry.digest(IMAGE, target.version() + ".plain"), registry.digest(IMAGE, again));
        List<String> released = List.copyOf(layers(target.version()).keySet());
        assertEquals(
                List.copyOf(layers(again).keySet()),
                released.subList(0, released.size() - 1),
                "the AOT cache is the only layer above those that are the same");

        Path changed = elsewhere.resolve("services/product/src/main/java/trellis/product/NoSuchProduct.java");
        String code = Files.readString(changed);
        Files.writeString(changed, code.replace("No product found", "No product was found"));
        assertNotEquals(code, Files.readString(changed));
        build(afterChange);
        Map<String, Long> layers = layers(afterChange);
        layers.keySet().removeAll(layers(again).keySet());
        assertEquals(1, layers.size(), "layers that change with a line");
        long pushed = layers.values().iterator().next();
        System.out.printf("    a changed line pushes %d bytes%n", pushed);
        assertTrue(pushed < 100_000, () -> pushed + " bytes");
    }

    private void build(String tag) {
        String revision = registry.configuration(IMAGE, registry.manifest(IMAGE, target.version()))
                .at("/config/Labels")
                .path("org.opencontainers.image.revision")
                .asText();
        String platforms = registry.tagged(IMAGE, target.version())
                .path("manifests")
                .valueStream()
                .map(each -> "%s/%s"
                        .formatted(
                                each.at("/platform/os").asText(),
                                each.at("/platform/architecture").asText()))
                .collect(joining(","));
        String options =
                "-Drevision=" + target.version() + (platforms.isEmpty() ? "" : " -Dquarkus.jib.platforms=" + platforms);
        Command.of("release/image", SERVICE)
                .in(elsewhere, Map.of("TAG", tag, "REVISION", revision, "IMAGE_OPTIONS", options))
                .run();
    }

    /** Sizes by digest, from the base image up. */
    private Map<String, Long> layers(String tag) {
        return registry.manifest(IMAGE, tag)
                .get("layers")
                .valueStream()
                .collect(toMap(
                        layer -> layer.get("digest").asText(),
                        layer -> layer.get("size").asLong(),
                        (same, again) -> same,
                        LinkedHashMap::new));
    }

    private void copySources() throws IOException {
        Path from = Command.repository();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) throws IOException {
                if (NOT_SOURCES.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(elsewhere.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                Files.copy(file, elsewhere.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
