package trellis.e2e;

import java.util.List;
import java.util.stream.Stream;

/** The program {@code helm}, for the releases in one namespace. */
record Helm(String namespace) {
    /** Returns its output; fails with it. */
    String run(String... arguments) {
        return Command.of(Stream.of(Stream.of("helm"), Stream.of(arguments), Stream.of("--namespace", namespace))
                        .flatMap(each -> each)
                        .toArray(String[]::new))
                .run();
    }

    /**
     * Installs the release, or upgrades it with these values in place of the former ones.
     *
     * @param chart which one, and further options
     * @param values each as for {@code --set}
     */
    void install(String release, List<String> chart, Stream<String> values) {
        run(Stream.of(
                        Stream.of("upgrade", "--install", release),
                        chart.stream(),
                        Stream.of("--force-conflicts"), // another client may have scaled a workload
                        values.flatMap(value -> Stream.of("--set", value)))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }
}
