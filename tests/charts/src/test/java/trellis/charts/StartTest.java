package trellis.charts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trellis.local.Landscape;
import trellis.local.Settings;

/**
 * Each service starts with the configuration that the chart renders for an environment, in {@code config/} of its
 * working directory as in a pod, and the JVM with its options. Only addresses, ports and passwords are local ones.
 */
class StartTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Values from the cluster's Secrets, which are replaced by local ones. */
    private static final List<String> SECRET = List.of("DATABASE_PASSWORD", "DATABASE_USERNAME");

    private final Map<String, Queue<String>> logs = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES) // one that never becomes ready is waited for until then
    void makesEveryServiceReadyWithoutConfigurationWarnings(String environment, @TempDir Path data) throws Exception {
        Rendered rendered = Chart.landscape(environment).render();
        for (String service : Chart.SERVICES) {
            mount(rendered, service, data.resolve(service));
        }
        try (Landscape landscape = new Landscape(Settings.apart(Chart.REPOSITORY, data, this::keep))) {
            landscape.start(progress -> {});
            for (String service : Chart.SERVICES) {
                assertThat(landscape.service(service).ready()).as(service).isTrue();
            }
        }
        logs.forEach((service, lines) -> assertThat(lines)
                .as(service)
                .isNotEmpty()
                .noneMatch(line -> line.contains("io.quarkus.config") // it warns of unknown and deprecated keys
                        || line.contains("Unrecognized configuration key")
                        || line.contains("is deprecated")));
        assertThat(logs.keySet()).containsExactlyInAnyOrderElementsOf(Chart.SERVICES);
    }

    private static void mount(Rendered rendered, String service, Path home) throws IOException {
        JsonNode container = rendered.one("Deployment", service).at("/spec/template/spec/containers/0");
        assertThat(container.path("env"))
                .allSatisfy(
                        variable -> assertThat(variable.path("name").asText()).isIn(SECRET));
        String mounted = container.at("/volumeMounts/0/mountPath").asText();
        assertThat(mounted).isEqualTo(workingDirectoryOfTheImage() + "/config");
        Path folder = Files.createDirectories(home.resolve("config"));
        JsonNode data = rendered.one("ConfigMap", service).at("/data");
        for (String file : List.of("application.properties", "java.options")) {
            Files.writeString(folder.resolve(file), data.path(file).asText());
        }
        Process java = new ProcessBuilder(JAVA, "@" + folder.resolve("java.options"), "-version")
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), UTF_8);
        assertThat(java.onExit().join().exitValue()).as(said).isZero();
    }

    private static String workingDirectoryOfTheImage() throws IOException {
        String name = "quarkus.jib.working-directory";
        String pom = Files.readString(Chart.REPOSITORY.resolve("pom.xml"));
        return pom.substring(pom.indexOf("<" + name + ">"), pom.indexOf("</" + name + ">"))
                .substring(name.length() + 2);
    }

    private void keep(String service, String line) {
        logs.computeIfAbsent(service, name -> new ConcurrentLinkedQueue<>()).add(line);
    }
}
