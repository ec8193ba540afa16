package trellis.local.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report on one service.
 *
 * @param differences the number of lines that report a difference
 */
record ServiceReport(List<String> lines, int differences) {
    /**
     * @param wanted the workload as rendered from the files, or the running one if there is nothing to compare it
     *      with
     */
    static ServiceReport of(String namespace, Optional<Workload> running, Optional<Workload> wanted) {
        if (running.isEmpty()) {
            return new ServiceReport(List.of("not in the namespace " + namespace), wanted.isPresent() ? 1 : 0);
        }
        return of(running.get(), wanted.map(Workload::settings).orElse(Map.of()));
    }

    private static ServiceReport of(Workload running, Map<String, Setting> wanted) {
        List<String> lines = new ArrayList<>();
        int differences = 0;
        for (ComparedSetting setting : ComparedSetting.of(running.settings(), wanted)) {
            lines.add(setting.toString());
            differences += setting.differs() ? 1 : 0;
        }
        lines.add("everything else: application.properties of " + running.image());
        if (running.configMapChangedByHand()) {
            lines.add("! the ConfigMap was changed by hand: no roll-out knows of it");
            differences++;
        }
        for (JsonNode pod : running.pods()) {
            boolean outdated = running.outdated(pod);
            lines.add("pod " + pod.at("/metadata/name").asText()
                    + (outdated ? "   <- still with the configuration before this one" : ""));
            differences += outdated ? 1 : 0;
        }
        return new ServiceReport(lines, differences);
    }
}
