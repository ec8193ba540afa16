package trellis.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whom policies can tell apart.
 *
 * @param account its ServiceAccount, by which AuthorizationPolicies know it
 * @param labels those of its pods by which NetworkPolicies know it
 */
record Caller(String account, Map<String, String> labels) {
    /** Names the gateway that a pod is part of. */
    static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";

    private static final Set<String> IDENTIFYING =
            Set.of("app.kubernetes.io/name", "app.kubernetes.io/component", GATEWAY);

    static Caller of(Pod pod) {
        Map<String, String> labels = new TreeMap<>(pod.getMetadata().getLabels());
        labels.keySet().retainAll(IDENTIFYING);
        return new Caller(pod.getSpec().getServiceAccountName(), labels);
    }

    /** Its account's; a migration, which has the account of its service, has a name of its own. */
    String name() {
        String component = labels.getOrDefault("app.kubernetes.io/component", "");
        return component.equals("migration") ? account + "-migration" : account;
    }
}
