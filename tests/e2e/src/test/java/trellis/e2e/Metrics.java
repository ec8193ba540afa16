package trellis.e2e;

import java.net.URI;
import java.util.Arrays;

/** What a service counts, as Prometheus reads it. */
record Metrics(String text) {
    static Metrics of(Api api, URI management) {
        return new Metrics(
                api.get(management.resolve("/q/metrics")).requireStatus(200).body());
    }

    /** Over all series of this name with these labels, each as {@code name="value"}. */
    double sum(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
