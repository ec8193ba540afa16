package trellis.local.patterns;

import java.util.function.Function;
import trellis.local.cluster.Kubectl;
import trellis.local.signals.Backend;

/** A backend of the observability, if it is installed. */
record Collected(Kubectl kubectl, String backend, int port) {
    boolean isThere() {
        return kubectl.find("service", backend).isPresent();
    }

    Finding asked(Function<Backend, Finding> question) {
        if (!isThere()) {
            return Finding.notShown("there is no " + backend + " in the namespace " + kubectl.namespace()
                    + ": the chart trellis-observability brings it, SIGNALS_NAMESPACE=... names another namespace");
        }
        try (Backend reached = Backend.reach(kubectl, backend, port)) {
            return question.apply(reached);
        }
    }
}
