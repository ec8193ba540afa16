package trellis.e2e;

import java.net.URI;
import java.util.Arrays;

/**
 * Metrics in Prometheus' text format, where a line ends with the value, unlike OpenMetrics, where an exemplar may
 * follow.
 */
record Metrics(String text) {
    static Metrics of(Api api, URI management) {
        return new Metrics(api.get(management.resolve("/q/metrics"), "Accept", "text/plain; version=0.0.4")
                .requireStatus(200)
                .body());
    }

    /** The maximum of all series with this name whose labels contain each of these texts; fails if there is none. */
    double greatest(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }
}
