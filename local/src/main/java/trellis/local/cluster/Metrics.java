package trellis.local.cluster;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Metrics in Prometheus' text format, where a line ends with the value, unlike OpenMetrics, where an exemplar may
 * follow.
 */
public record Metrics(String text) {
    /** Where a service has them, on its management port. */
    public static final String PATH = "/q/metrics";

    /** The header Accept that asks for this format. */
    public static final String TYPE = "text/plain; version=0.0.4";

    /** The maximum of all series with this name whose labels contain each of these texts; fails if there is none. */
    public double greatest(String name, String... labels) {
        return values(name, labels).max().orElseThrow();
    }

    /** 0 if there is none. */
    public double sum(String name, String... labels) {
        return values(name, labels).sum();
    }

    private DoubleStream values(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
    }
}
