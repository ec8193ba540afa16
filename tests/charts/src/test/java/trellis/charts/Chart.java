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
import trellis.local.Services;

/**
 * A chart of the repository with the values of one shape. Rendered from a copy, so that the working tree is not
 * changed.
 */
record Chart(String name, String namespace, List<String> environment, Map<String, Object> values) {

    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    static final List<String> SERVICES = Services.ALL;
    static final List<String> STORING = Services.CORE;

    private static final Path COPY = Path.of("target/copy").toAbsolutePath();

    static {
        EmptyCluster.start();
        copy("helm");
        copy("istio");
        Stream.concat(SERVICES.stream(), Stream.of("backing", "trellis")) // the umbrella last: it packages the others
                .forEach(chart -> new Helm(COPY.resolve("helm").resolve(chart))
                        .dependency()
                        .update()
                        .call());
    }

    static Chart of(String name) {
        return new Chart(name, "shop", List.of(), Map.of());
    }

    /** With these values files; later ones take precedence. */
    static Chart landscape(String... environment) {
        return new Chart("trellis", "shop", List.of(environment), Map.of());
    }

    /** With one more value, named as for {@code helm --set}; dots inside a name are escaped. */
    Chart with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Chart(name, namespace, environment, more);
    }

    /** With one more setting of the application. */
    Chart withSetting(String key, Object value) {
        return with("settings." + key.replace(".", "\\."), value);
    }

    Chart in(String otherNamespace) {
        return new Chart(name, otherNamespace, environment, values);
    }

    Rendered render() {
        TemplateCommand template =
                Helm.template(folder().toString()).withName("any-release").withNamespace(namespace);
        environment.forEach(file -> template.withValuesFile(folder().resolve("values-" + file + ".yaml")));
        values.forEach(template::set);
        return Rendered.parse(template.call());
    }

    private Path folder() {
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
