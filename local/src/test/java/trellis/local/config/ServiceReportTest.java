package trellis.local.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceReportTest {
    private static final String POD = Example.pod("recommendation-1", "service", Example.checksums());

    @Test
    void endsWithTheImageAndTheInstancesAndFindsNoDifferenceWhereThereIsNone() {
        ServiceReport report = report(Example.RENDERED + POD, Example.RENDERED);
        assertEquals(0, report.differences(), report.toString());
        assertEquals(
                List.of(
                        "everything else: application.properties of trellis/recommendation:1.0.0-SNAPSHOT",
                        "pod recommendation-1"),
                report.lines().subList(11, report.lines().size()));
    }

    @Test
    void doesNotCompareTheImage() {
        String released = Example.RENDERED.replace("1.0.0-SNAPSHOT", "1.0.0");
        assertEquals(0, report(released, Example.RENDERED).differences());
    }

    @Test
    void countsWhatWasChangedByHand() {
        String changed = Example.RENDERED.replace("rate=0", "rate=7").replace("replicas: 1", "replicas: 2") + POD;
        ServiceReport report = report(changed, Example.RENDERED);
        assertEquals(3, report.differences(), report.toString());
        assertTrue(has(report, "recommendation.minimum-rate +7 .* <- the file says 0"), report.toString());
        assertTrue(has(report, "scale.replicas +2 .* <- the file says 1"), report.toString());
        assertTrue(has(report, "! the ConfigMap was changed by hand: .*"), report.toString());
    }

    @Test
    void countsInstancesThatWereStartedWithAnotherConfiguration() {
        Checksums old = new Checksums("123", Example.checksums().javaOptions());
        String pods = POD + Example.pod("recommendation-0", "service", old);
        ServiceReport report = report(Example.RENDERED + pods, Example.RENDERED);
        assertEquals(1, report.differences(), report.toString());
        assertTrue(
                has(report, "pod recommendation-0   <- still with the configuration before this one"),
                report.toString());
    }

    @Test
    void leavesOutPodsOfAMigration() {
        String pods = Example.pod("recommendation-migration-1", "migration", new Checksums("", ""));
        assertEquals(0, report(Example.RENDERED + pods, Example.RENDERED).differences());
    }

    @Test
    void countsAServiceThatIsNotInTheNamespaceOnlyIfTheFileHasIt() {
        Optional<Workload> workload = Optional.of(Example.workload(Example.RENDERED));
        List<String> absent = List.of("not in the namespace shop");
        assertEquals(new ServiceReport(absent, 1), ServiceReport.of("shop", Optional.empty(), workload));
        assertEquals(new ServiceReport(absent, 0), ServiceReport.of("shop", Optional.empty(), Optional.empty()));
    }

    @Test
    void countsEverySettingOfAServiceThatIsNotInTheFile() {
        Workload workload = Example.workload(Example.RENDERED);
        ServiceReport report = ServiceReport.of("shop", Optional.of(workload), Optional.empty());
        assertEquals(workload.settings().size(), report.differences(), report.toString());
    }

    private static ServiceReport report(String running, String wanted) {
        return ServiceReport.of("shop", Optional.of(Example.workload(running)), Optional.of(Example.workload(wanted)));
    }

    private static boolean has(ServiceReport report, String pattern) {
        return report.lines().stream().anyMatch(line -> line.matches(pattern));
    }
}
