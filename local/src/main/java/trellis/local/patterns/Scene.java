package trellis.local.patterns;

import java.util.List;
import java.util.Optional;
import trellis.local.cluster.Kubectl;

/**
 * What all patterns are shown with.
 *
 * @param edge empty if there is no gateway in the landscape
 * @param tokens empty if it asks for none
 * @param page that was written for this run
 * @param signals where logs, traces and metrics are collected, if they are
 */
record Scene(Cluster cluster, Api api, Optional<Edge> edge, Optional<Tokens> tokens, Page page, Kubectl signals) {
    static final String COMPOSITE = "product-composite";

    /** The neighbour that is scaled, slowed down and away, since a page is still one without its part. */
    static final String NEIGHBOUR = "review";

    static final String PART = "reviews";

    /** Those that something is done to, or asked of. */
    static final List<String> SERVICES = List.of(COMPOSITE, "product", "recommendation", NEIGHBOUR);

    Undo undo() {
        return cluster.undo();
    }
}
