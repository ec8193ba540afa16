package trellis.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A port of a workload.
 *
 * @param setting the environment variable that changes it
 * @param usual its default number
 * @param purpose what it is used for, for messages
 */
public record Port(String setting, int usual, String purpose) {
    static final Port KAFKA = new Port("KAFKA_PORT", 9192, "Kafka");
    static final Port KAFKA_CONTROLLER = new Port("KAFKA_CONTROLLER_PORT", 9193, "Kafka's controller");

    /** All ports of a landscape. */
    public static List<Port> all() {
        List<Port> all = new ArrayList<>();
        for (String service : Services.ALL) {
            all.add(of(service));
            all.add(managementOf(service));
        }
        Services.CORE.forEach(service -> all.add(databaseOf(service)));
        all.add(KAFKA);
        all.add(KAFKA_CONTROLLER);
        return all;
    }

    /** The port of a service's API. */
    public static Port of(String service) {
        return of(service, "", 8080, service);
    }

    static Port managementOf(String service) {
        return of(service, "_MANAGEMENT", 9080, "the health and metrics of " + service);
    }

    static Port databaseOf(String service) {
        return of(service, "_DB", 5440, service + "'s PostgreSQL");
    }

    private static Port of(String service, String suffix, int first, String purpose) {
        int index = Services.ALL.indexOf(service);
        if (index < 0) {
            throw new IllegalArgumentException("There is no service " + service + ", only " + Services.ALL);
        }
        String constant = service.toUpperCase(Locale.ROOT).replace('-', '_');
        return new Port(constant + suffix + "_PORT", first + index, purpose);
    }
}
