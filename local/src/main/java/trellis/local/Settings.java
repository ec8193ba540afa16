package trellis.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What may differ between two landscapes on one machine.
 *
 * @param applications the services by their names
 * @param data the folder where databases, broker and services write
 * @param ports by their usage
 * @param jsonLogs whether the services log JSON rather than plain text
 * @param environment further environment variables of the services
 * @param output receives the service's name and a line that it prints; called from several threads
 */
public record Settings(
        Function<String, Application> applications,
        Path data,
        Map<Port, Integer> ports,
        boolean jsonLogs,
        Map<String, String> environment,
        BiConsumer<String, String> output) {

    /**
     * The usual ports, unless environment variables change them; the data in the checkout, unless {@code DATA_FOLDER}
     * is set; plain logs on standard output.
     */
    static Settings atTheDesk(Path checkout, Map<String, String> environment) {
        Map<Port, Integer> ports = new LinkedHashMap<>();
        for (Port port : Port.all()) {
            ports.put(port, number(port.setting(), environment.get(port.setting()), port.usual()));
        }
        String data = environment.getOrDefault("DATA_FOLDER", ".local");
        return new Settings(builtIn(checkout), checkout.resolve(data), ports, false, Map.of(), Settings::print);
    }

    /** Free ports and JSON logs, for a landscape that can run beside any other. */
    public static Settings apart(Path checkout, Path data, BiConsumer<String, String> output) {
        return apart(builtIn(checkout), data, output);
    }

    /** The same, with these services, by their names. */
    public static Settings apart(
            Function<String, Application> applications, Path data, BiConsumer<String, String> output) {
        Map<Port, Integer> ports = new LinkedHashMap<>();
        Port.all().forEach(port -> ports.put(port, Ports.free()));
        return new Settings(applications, data, ports, true, Map.of(), output);
    }

    /** The same, with these environment variables of the services. */
    public Settings with(Map<String, String> variables) {
        return new Settings(applications, data, ports, jsonLogs, variables, output);
    }

    /** The services as Maven has built them in a checkout. */
    public static Function<String, Application> builtIn(Path checkout) {
        return name -> Application.built(checkout.resolve("services").resolve(name));
    }

    int port(Port port) {
        return ports.get(port);
    }

    /** Fails if ports are in use, saying what each is for and how to change it. */
    void refuseTakenPorts() {
        List<Port> taken =
                Port.all().stream().filter(port -> Ports.taken(port(port))).toList();
        if (!taken.isEmpty()) {
            throw new IllegalStateException(taken.stream()
                    .map(port -> "Port %d, for %s, is in use. Free it, or choose another: make run %s=%d"
                            .formatted(port(port), port.purpose(), port.setting(), Ports.free()))
                    .collect(Collectors.joining("\n")));
        }
    }

    private static int number(String setting, String given, int usual) {
        if (given == null || given.isBlank()) {
            return usual;
        }
        if (!given.matches("[1-9]\\d{0,4}") || Integer.parseInt(given) > 65535) {
            throw new IllegalStateException(setting + " must be a port, 1 to 65535, not " + given);
        }
        return Integer.parseInt(given);
    }

    private static void print(String service, String line) {
        System.out.printf("%-17s | %s%n", service, line);
    }
}
