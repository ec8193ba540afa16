package trellis.chassis.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The instances that have answered one request: the one that was asked, and those of the services that it asked in turn.
 * An instance that answered with an error, or too late, is none of them.
 */
public final class ServedBy {

    /** Its entries are separated by commas: {@code product-composite;a-pod;1.2.3, product;another-pod;1.2.4}. */
    public static final String HEADER = "served-by";

    private static final int LONGEST_HEADER = 4_096;
    private static final int MOST_INSTANCES = 16;

    private final Instance asked;

    /** By the name of the service: a repeated call may have been answered by another instance. */
    private final Map<String, Instance> others = new ConcurrentSkipListMap<>();

    ServedBy(Instance asked) {
        this.asked = asked;
    }

    /** Those of the current request; empty if the setting {@code served-by.enabled} is false. */
    public static Optional<ServedBy> current() {
        Context context = Vertx.currentContext();
        return context == null ? Optional.empty() : Optional.ofNullable(context.getLocal(HEADER));
    }

    void begin(Context request) {
        request.putLocal(HEADER, this);
    }

    /** Adds the instances in the header of another service's answer. What does not have their form is left out. */
    public void add(String header) {
        if (header.length() <= LONGEST_HEADER) {
            Stream.of(header.split(",", MOST_INSTANCES + 1))
                    .limit(MOST_INSTANCES)
                    .flatMap(entry -> Instance.of(entry.strip()).stream())
                    .filter(instance -> others.size() < MOST_INSTANCES)
                    .forEach(instance -> others.put(instance.service(), instance));
        }
    }

    /** The value of the header. */
    @Override
    public String toString() {
        return Stream.concat(Stream.of(asked), others.values().stream())
                .map(Instance::toString)
                .collect(Collectors.joining(", "));
    }
}
