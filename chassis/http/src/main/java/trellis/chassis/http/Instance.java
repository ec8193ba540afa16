package trellis.chassis.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running instance of a service.
 *
 * @param name that of its pod or host
 */
record Instance(String service, String name, String version) {

    /** What names of services, pods, hosts and versions consist of; nothing that separates entries of a header. */
    static final String WORD = "[A-Za-z0-9][A-Za-z0-9._+-]{0,127}";

    private static final Pattern ENTRY = Pattern.compile("(" + WORD + ");(" + WORD + ");(" + WORD + ")");

    /** Empty if it is not the form of {@link #toString}. */
    static Optional<Instance> of(String entry) {
        Matcher parts = ENTRY.matcher(entry);
        return parts.matches()
                ? Optional.of(new Instance(parts.group(1), parts.group(2), parts.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return service + ";" + name + ";" + version;
    }
}
