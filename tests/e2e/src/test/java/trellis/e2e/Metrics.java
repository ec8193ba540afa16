package trellis.e2e;

import java.net.URI;
import java.util.Arrays;

/**
 * What is counted, as Prometheus reads it; in its own text format, where a line ends with the value, and not in OpenMetrics,
 * which may put an exemplar behind it.
 */
record Metrics(String text) {
    static Metrics of(Api api, URI management) {
        return new Metrics(api.get(management.resolve("/q/metrics"), "Accept", "text/plain; version=0.0.4")
                .requireStatus(200)
                .body());
    }

    /** Of all series of this name whose labels hold each of these texts; fails if there is none. */
    double greatest(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }
}
