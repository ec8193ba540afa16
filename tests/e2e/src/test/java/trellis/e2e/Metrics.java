package trellis.e2e;

import java.net.URI;

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

    /** The maximum of all series with this name; fails if there is none. */
    double greatest(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }
}
