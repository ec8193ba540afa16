package trellis.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code make release} makes of images and charts before it pushes them. */
class ReleaseTest {
    private static final String REGISTRY = "registry.example.org:5000/team";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    @Test
    void buildsForBothArchitecturesIfTheBaseImageHasBoth() throws Exception {
        String index = """
                {"schemaVersion": 2, "manifests": [
                  {"digest": "sha256:1", "platform": {"architecture": "amd64", "os": "linux"}},
                  {"digest": "sha256:2", "platform": {
                      "os": "linux",
                      "architecture": "arm64",
                      "variant": "v8"}},
                  {"digest": "sha256:3", "platform": {"architecture": "s390x", "os": "linux"}},
                  {"digest": "sha256:4", "platform": {"architecture": "unknown", "os": "unknown"}}]}
                """;
        assertThat(platforms(index)).isEqualTo("-Dquarkus.jib.platforms=linux/amd64,linux/arm64\n");
    }

    @ParameterizedTest
    @CsvSource({"amd64, linux", "arm64, linux"})
    void buildsForTheOneThatAnIndexHas(String architecture, String system) throws Exception {
        String index = "{\"manifests\":[{\"platform\":{\"architecture\":\"%s\",\"os\":\"%s\"}},"
                + "{\"platform\":{\"architecture\":\"amd64\",\"os\":\"windows\",\"os.version\":\"10.0\"}}]}";
        assertThat(platforms(index.formatted(architecture, system)))
                .isEqualTo("-Dquarkus.jib.platforms=" + system + "/" + architecture + "\n");
    }

    @Test
    void leavesThePlatformOfAPlainManifestToJib() throws Exception {
        assertThat(platforms("{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:1\"},\"layers\":[]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void putsRegistryTagAndDigestIntoTheValuesAndChangesNothingElse(Path chart) throws Exception {
        Path values = chart.resolve("values.yaml");
        List<String> before = Files.readAllLines(values);
        List<String> after =
                run("release/images", values, REGISTRY, lock(values)).lines().toList();
        assertThat(after).hasSameSizeAs(before);
        List<String> changed = new ArrayList<>();
        for (int line = 0; line < before.size(); line++) {
            if (!before.get(line).equals(after.get(line))) {
                changed.add(after.get(line).strip());
            }
        }
        long images =
                before.stream().filter(line -> line.strip().equals("image:")).count();
        assertThat(changed)
                .filteredOn(("registry: \"" + REGISTRY + "\"")::equals)
                .hasSize((int) images);
        assertThat(changed).filteredOn(("digest: \"" + DIGEST + "\"")::equals).hasSize((int) images);
        assertThat(changed).allMatch(line -> line.matches("(registry|tag|digest): \"[^\"]+\""));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void putsVersionDependenciesAndImagesIntoTheMetadata(Path chart) throws Exception {
        Path lock = lock(chart.resolve("values.yaml"));
        String metadata = run("release/metadata", chart.resolve("Chart.yaml"), "1.2.3", REGISTRY, lock);
        assertThat(metadata)
                .contains("\nversion: \"1.2.3\"\n", "\nappVersion: \"1.2.3\"\n")
                .doesNotContain("SNAPSHOT", "file:", "1.0.0");
        for (String image : Files.readAllLines(lock)) {
            String[] word = image.split(" ");
            assertThat(metadata).contains("image: " + REGISTRY + "/" + word[0] + ":" + word[1] + "@" + DIGEST + "\n");
        }
    }

    @Test
    void refusesAnImageWithoutADigest() throws Exception {
        Path lock = Files.writeString(folder.resolve("lock"), "trellis/product 1.2.3 \n");
        Path values = Chart.REPOSITORY.resolve("helm/product/values.yaml");
        assertThat(start("release/images", values, REGISTRY, lock).waitFor()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.org, 1.2",
        "registry.example.org, 1.2.3+4",
        "registry.example.org, 1.2.3-01",
        "registry.example.org, 1.2.3-SNAPSHOT",
        "https://registry.example.org, 1.2.3",
        "registry.example.org/, 1.2.3",
        "team/trellis, 1.2.3",
    })
    void refusesAVersionOrRegistryThatCannotBe(String registry, String version) throws Exception {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        for (String program : List.of("helm", "crane")) {
            Files.writeString(programs.resolve(program), "#!/bin/sh\nexit 1\n")
                    .toFile()
                    .setExecutable(true);
        }
        ProcessBuilder release =
                new ProcessBuilder(Chart.REPOSITORY.resolve("release/run").toString()).redirectErrorStream(true);
        release.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        release.environment().put("REGISTRY", registry);
        release.environment().put("VERSION", version);
        Process refused = release.start();
        assertThat(new String(refused.getInputStream().readAllBytes()))
                .containsAnyOf("VERSION '" + version + "'", "REGISTRY '" + registry + "'");
        assertThat(refused.waitFor()).isNotZero();
    }

    static Stream<Path> charts() {
        return Stream.concat(
                Stream.concat(Chart.SERVICES.stream(), Stream.of("backing", "observability", "trellis"))
                        .map(name -> Chart.REPOSITORY.resolve("helm").resolve(name)),
                Stream.of(Chart.REPOSITORY.resolve("istio/mesh")));
    }

    /** A line for each image of the values: its repository, its tag or that of the release, and a digest. */
    private Path lock(Path values) throws Exception {
        List<String> lines = run("release/images", values)
                .lines()
                .map(image -> image.split(" "))
                .map(word -> word[0] + " " + (word.length > 1 ? word[1] : "1.2.3") + " " + DIGEST)
                .toList();
        return Files.write(folder.resolve("lock"), lines);
    }

    private String platforms(String manifest) throws Exception {
        Process process = start("release/platforms");
        try (var in = process.outputWriter()) {
            in.write(manifest);
        }
        return output(process);
    }

    private static String run(String program, Object... arguments) throws Exception {
        return output(start(program, arguments));
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Process start(String program, Object... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Chart.REPOSITORY.resolve(program).toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
