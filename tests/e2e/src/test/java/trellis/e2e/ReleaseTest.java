package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What somebody else does with a release, who has no checkout. */
@ClusterTest
class ReleaseTest {
    private static final String SECRET = "regcred";
    private static final String QUICK_START = "global.java.options=-XX:TieredStopAtLevel=1";

    private final Target target = Target.fromEnvironment();

    @Test
    void oneCommandInAnEmptyFolderInstallsAWorkingLandscapeWithoutAMesh() {
        try (var shop = new Demonstration(target, "-release")) {
            shop.install();
            shop.awaitWorking();
            shop.api().newPage();
            String report = shop.test();
            assertTrue(report.contains("Succeeded"), report);
            await("the end of every job").atMost(60, SECONDS).until(shop.cluster()::hasNoJobLeftToDo);
            shop.podSpecs()
                    .forEach((pod, spec) -> assertEquals(List.of(), spec.getInitContainers(), pod + "'s sidecar"));
        }
    }

    @Test
    void aVersionThatIsReleasedAgainStaysAsItIs() {
        Map<String, String> before = digests();
        var release = new Release(target);
        String said = release.run();
        assertFalse(said.contains("pushed ") || said.contains("copied "), said);
        assertEquals(before, digests());
        before.forEach((name, digest) -> assertTrue(
                release.lock().stream()
                        .anyMatch(line -> line.endsWith(
                                "%s/%s:%s@%s".formatted(target.registry(), name, target.version(), digest))),
                () -> name + " in " + release.lock()));
    }

    @Test
    void aReleaseInAFolderOfARegistryInstallsAndThenEveryImageComesFromAnother() {
        Target team = target.withRegistry(target.registry() + "/team/trellis");
        LiveLandscape.SERVICES.forEach(service -> copy(
                "%s/trellis/%s:%s".formatted(target.registry(), service, target.version()),
                "%s/trellis/%s:%s".formatted(team.registry(), service, target.version())));
        var release = new Release(team);
        release.run();
        try (var shop = new Demonstration(team, "-moved")) {
            shop.install(QUICK_START);
            shop.awaitWorking();
            long productId = shop.api().newPage();
            shop.podSpecs().forEach((pod, spec) -> requireImagesOf(team.registry(), pod, spec));

            String own = target.registry() + "/own";
            release.lock().stream()
                    .filter(line -> line.startsWith("image "))
                    .map(line -> line.substring("image ".length(), line.indexOf('@')))
                    .forEach(image -> copy(image, image.replace(team.registry(), own)));
            shop.createPullSecret(SECRET, target.registry());
            shop.upgrade(QUICK_START, "global.imageRegistry=" + own, "global.imagePullSecrets[0].name=" + SECRET);
            shop.awaitWorking();
            await("what was written before").atMost(60, SECONDS).until(() -> shop.api()
                    .isWhole(productId));
            await("the end of what was before").atMost(180, SECONDS).untilAsserted(() -> shop.podSpecs()
                    .forEach((pod, spec) -> requireMoved(own, pod, spec)));
            Map<String, PodSpec> ofTheTest = shop.podsCreatedBy(shop::test);
            assertTrue(ofTheTest.containsKey("product-composite-test"), ofTheTest::toString);
            ofTheTest.forEach((pod, spec) -> requireMoved(own, pod, spec));
        }
    }

    private static void requireMoved(String registry, String pod, PodSpec spec) {
        requireImagesOf(registry, pod, spec);
        assertEquals(List.of(new LocalObjectReference(SECRET)), spec.getImagePullSecrets(), pod);
    }

    private static void requireImagesOf(String registry, String pod, PodSpec spec) {
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .forEach(container -> assertTrue(
                        container.getImage().startsWith(registry + "/"), () -> pod + " runs " + container.getImage()));
    }

    private void copy(String from, String to) {
        Command.of("crane", "copy", from, to, "--insecure=" + target.plain()).run();
    }

    /** Of everything that a release makes, by its name in the registry. */
    private Map<String, String> digests() {
        var registry = new Registry(target);
        List<String> parts = Stream.concat(LiveLandscape.SERVICES.stream(), Stream.of("backing", "mesh"))
                .map(part -> "charts/trellis/" + part)
                .toList();
        return Stream.of(
                        LiveLandscape.SERVICES.stream().map(service -> "trellis/" + service),
                        parts.stream(),
                        Stream.of("charts/trellis", "charts/trellis-common", "charts/trellis-observability"))
                .flatMap(identity())
                .collect(toMap(identity(), name -> registry.digest(name, target.version())));
    }
}
