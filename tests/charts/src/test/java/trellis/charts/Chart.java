package trellis.charts;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import trellis.local.Folders;
import trellis.local.Services;

/**
 * A chart of the repository with the values of one shape. Rendered from a copy, so that the working tree is not
 * changed.
 */
record Chart(String name, String namespace, List<Path> files, Map<String, Object> values) {

    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    static final List<String> SERVICES = Services.ALL;
    static final List<String> STORING = Services.CORE;

    /** The oldest that the charts support. */
    private static final String KUBERNETES = "1.30.0";

    private static final Path COPY = Path.of("target/copy").toAbsolutePath();

    static {
        EmptyCluster.start();
        Folders.delete(COPY); // or a template that was moved meanwhile would be rendered twice
        copy("helm");
        copy("istio");
        Stream.concat(
                        SERVICES.stream(),
                        Stream.of("backing", "observability", "trellis")) // the umbrella last: it packages the others
                .forEach(chart -> new Helm(COPY.resolve("helm").resolve(chart))
                        .dependency()
                        .update()
                        .call());
    }

    static Chart of(String name) {
        return new Chart(name, "shop", List.of(), Map.of());
    }

    /** The umbrella with the demonstration's defaults, or the values of these environments; later ones take precedence. */
    static Chart landscape(String... environments) {
        Path folder = REPOSITORY.resolve("helm/trellis");
        return new Chart(
                "trellis",
                "shop",
                Stream.of(environments)
                        .map(name -> folder.resolve("values-" + name + ".yaml"))
                        .toList(),
                Map.of());
    }

    /** The umbrella in each shape that is supported, by the file of its values. */
    static Stream<Path> shapes() {
        try (Stream<Path> files = Files.list(REPOSITORY.resolve("helm/trellis/ci"))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the values of a further file, which takes precedence over those before. */
    Chart with(Path file) {
        return new Chart(
                name, namespace, Stream.concat(files.stream(), Stream.of(file)).toList(), values);
    }

    /** With further values, as a user writes them into a file. */
    Chart withYaml(String yaml) {
        try {
            return with(Files.writeString(Files.createTempFile(COPY.getParent(), "values", ".yaml"), yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With one more value, named as for {@code helm --set}; dots inside a name are escaped. */
    Chart with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Chart(name, namespace, files, more);
    }

    /** With one more setting of the application. */
    Chart withSetting(String key, Object value) {
        return with("settings." + key.replace(".", "\\."), value);
    }

    Chart in(String otherNamespace) {
        return new Chart(name, otherNamespace, files, values);
    }

    Rendered render() {
        return render("any-release");
    }

    Rendered render(String release) {
        TemplateCommand template = Helm.template(folder().toString())
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(KUBERNETES);
        files.forEach(template::withValuesFile);
        values.forEach(template::set);
        return Rendered.parse(template.call());
    }

    /** Where its copy is, with what it depends on. */
    Path folder() {
        return COPY.resolve(name.equals("mesh") ? "istio" : "helm").resolve(name);
    }

    private static void copy(String folder) {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().endsWith(".tgz"))
                    .toList()) {
                Path target = COPY.resolve(REPOSITORY.relativize(file));
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
