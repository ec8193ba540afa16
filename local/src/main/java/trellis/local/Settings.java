package trellis.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What may differ between two landscapes on one machine.
 *
 * @param checkout the folder of the repository, where the services were built
 * @param data where databases, broker and services keep what they write
 * @param ports where everything listens
 * @param jsonLogs whether the services log JSON rather than plain text
 * @param trained whether services that were not yet trained to start fast are, before anything else
 * @param output takes each line a service prints, after the service's name; called from several threads
 */
public record Settings(
        Path checkout,
        Path data,
        Map<Port, Integer> ports,
        boolean jsonLogs,
        boolean trained,
        BiConsumer<String, String> output) {

    /**
     * The usual ports but for those that the environment moves, the data in the checkout unless it says {@code DATA_FOLDER}, plain logs to this
     * process' own output.
     */
    static Settings atTheDesk(Path checkout, Map<String, String> environment) {
        Map<Port, Integer> ports = new LinkedHashMap<>();
        for (Port port : Port.all()) {
            ports.put(port, number(port.setting(), environment.get(port.setting()), port.usual()));
        }
        String data = environment.getOrDefault("DATA_FOLDER", ".local");
        return new Settings(checkout, checkout.resolve(data), ports, false, false, Settings::print);
    }

    /** Free ports and JSON logs, for a landscape of its own beside any other. */
    public static Settings apart(Path checkout, Path data, BiConsumer<String, String> output) {
        Map<Port, Integer> ports = new LinkedHashMap<>();
        Port.all().forEach(port -> ports.put(port, Ports.free()));
        return new Settings(checkout, data, ports, true, false, output);
    }

    /** The same with services that start as fast as they can. */
    public Settings withTraining() {
        return new Settings(checkout, data, ports, jsonLogs, true, output);
    }

    int port(Port port) {
        return ports.get(port);
    }

    /** Says which ports are taken, what they are for and how to move them. */
    void refuseTakenPorts() {
        List<Port> taken =
                Port.all().stream().filter(port -> Ports.taken(port(port))).toList();
        if (!taken.isEmpty()) {
            throw new IllegalStateException(taken.stream()
                    .map(port -> "Port %d, for %s, is taken. Free it, or move it: make run %s=%d"
                            .formatted(port(port), port.purpose(), port.setting(), Ports.free()))
                    .collect(Collectors.joining("\n")));
        }
    }

    private static int number(String setting, String given, int usual) {
        if (given == null || given.isBlank()) {
            return usual;
        }
        if (!given.matches("[1-9]\\d{0,4}") || Integer.parseInt(given) > 65535) {
            throw new IllegalStateException(setting + " is to be a port, 1 to 65535, not " + given);
        }
        return Integer.parseInt(given);
    }

    private static void print(String service, String line) {
        System.out.printf("%-17s | %s%n", service, line);
    }
}
