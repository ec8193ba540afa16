package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code make patterns}, as a user runs it. */
@ClusterTest
@Tag("signals")
@Timeout(value = 12, unit = MINUTES)
class PatternsTest {
    private static final Pattern WRITTEN = Pattern.compile("the page (\\d+) is written");

    private final ClusterLandscape landscape;
    private final Cluster cluster;
    private final Signals signals;
    private final Api api;

    PatternsTest(ClusterLandscape landscape, Signals signals) {
        this.landscape = landscape;
        this.signals = signals;
        cluster = landscape.cluster();
        api = new Api(landscape);
    }

    @Test
    void everyPatternHoldsAndTheLandscapeIsAsItWasAfterwards(@TempDir Path folder) throws Exception {
        Set<String> managers = managers();
        Path table = folder.resolve("patterns.md");
        long start = System.nanoTime();
        String said = make(Map.of("MARKDOWN", table.toString()));
        System.out.printf("    make patterns took %d s%n", NANOSECONDS.toSeconds(System.nanoTime() - start));
        List<String> rows = Files.readAllLines(table);
        assertEquals(2 + 9, rows.size(), said);
        rows.stream().skip(2).forEach(row -> assertTrue(row.contains("| holds |"), row));
        assertAsBefore(managers, said);
    }

    @Test
    void theLandscapeIsAsItWasAfterItIsInterrupted(@TempDir Path folder) throws Exception {
        Set<String> managers = managers();
        Path log = folder.resolve("log");
        Process process = prepared(Map.of())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await("a second instance").atMost(3, MINUTES).until(() -> cluster.replicas("review") == 2);
            process.destroy();
            assertTrue(process.waitFor(2, MINUTES), () -> read(log));
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.exitValue() != 0, () -> read(log));
        assertTrue(read(log).contains("The landscape is as it was"), () -> read(log));
        assertFalse(read(log).contains("Exception"), () -> read(log));
        assertAsBefore(managers, read(log));
    }

    @Test
    void itSaysThatThereIsNoLandscapeOrNoClusterAndChangesNothing() {
        assertRefused("There is no landscape in the namespace kube-public", Map.of("NAMESPACE", "kube-public"));
        assertRefused("No cluster answers", Map.of("KUBECONFIG", "/dev/null"));
    }

    private void assertRefused(String expected, Map<String, String> variables) {
        String said = assertThrows(Command.Failed.class, () -> make(variables)).getMessage();
        assertTrue(said.contains(expected), said);
        assertFalse(said.contains("Exception"), said);
    }

    private void assertAsBefore(Set<String> managers, String said) {
        cluster.awaitRolledOut(LiveLandscape.SERVICES.toArray(String[]::new));
        assertEquals("", landscape.installation().differences());
        assertEquals(managers, managers());
        Matcher written = WRITTEN.matcher(said);
        assertTrue(written.find(), said);
        long productId = Long.parseLong(written.group(1));
        await("the end of the page")
                .atMost(30, SECONDS)
                .until(() -> api.page(productId).status() == 404);
    }

    /** Who manages the Deployments, so that Helm is not refused what it upgrades next. */
    private Set<String> managers() {
        return cluster.client().apps().deployments().inNamespace(cluster.namespace()).list().getItems().stream()
                .flatMap(deployment -> deployment.getMetadata().getManagedFields().stream()
                        .filter(entry -> entry.getSubresource() == null)
                        .map(entry -> Cluster.nameOf(deployment) + " " + fields(entry)))
                .collect(Collectors.toSet());
    }

    private static String fields(ManagedFieldsEntry entry) {
        return entry.getManager() + " " + entry.getOperation() + " "
                + entry.getFieldsV1().getAdditionalProperties();
    }

    private String make(Map<String, String> variables) {
        return Command.of("make", "--silent", "patterns")
                .in(Command.repository(), prepared(variables).environment())
                .run();
    }

    private ProcessBuilder prepared(Map<String, String> variables) {
        var prepared = new ProcessBuilder("make", "--silent", "patterns")
                .directory(Command.repository().toFile());
        prepared.environment().put("NAMESPACE", cluster.namespace());
        prepared.environment().put("SIGNALS_NAMESPACE", signals.namespace());
        prepared.environment().putAll(variables);
        return prepared;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
