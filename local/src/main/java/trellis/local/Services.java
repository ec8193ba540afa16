package trellis.local;

import java.util.ArrayList;
import java.util.List;

/** The services of the landscape, each by the name of its folder in services/. */
public final class Services {
    /** The one with the public API, which calls the others and writes the log. */
    public static final String COMPOSITE = "product-composite";

    /** Those that read the log into a database of their own, in the order in which they were added, which fixes their ports. */
    public static final List<String> CORE = List.of("product", "recommendation", "review");

    public static final List<String> ALL = all();

    private Services() {}

    private static List<String> all() {
        List<String> all = new ArrayList<>(CORE);
        all.addFirst(COMPOSITE);
        return List.copyOf(all);
    }
}
