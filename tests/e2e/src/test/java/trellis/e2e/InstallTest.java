package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@ClusterTest
class InstallTest {
    private final ClusterLandscape landscape;

    InstallTest(ClusterLandscape landscape) {
        this.landscape = landscape;
    }

    @Test
    void oneHelmInstallDeploysAWorkingLandscape() {
        assertTrue(
                landscape.installedWithin().compareTo(Duration.ofMinutes(3)) < 0,
                () -> "It took " + landscape.installedWithin());
    }

    @Test
    void helmTestWritesAndReadsFromInside() {
        String report = landscape.installation().test();
        assertTrue(report.contains("Succeeded"), report);
    }
}
