package trellis.local.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import trellis.local.cluster.Kubectl;

/** A field of a Deployment that gets another value for a while. */
final class DeploymentField {
    private static final int ATTEMPTS = 5;

    private final Kubectl kubectl;
    private final String deployment;
    private final String pointer;
    private final JsonNode before;
    private final JsonNode managedBefore;

    /** @param pointer to the field, as in RFC 6901 */
    DeploymentField(Kubectl kubectl, String deployment, String pointer) {
        this.kubectl = kubectl;
        this.deployment = deployment;
        this.pointer = pointer;
        JsonNode now = read();
        before = now.at(pointer);
        managedBefore = now.at("/metadata/managedFields");
    }

    JsonNode before() {
        return before;
    }

    /** Taken back by closing what it returns. */
    Undo.Step set(JsonNode value, Undo undo) {
        Undo.Step step = undo.add(pointer + " of the Deployment " + deployment + " is to be " + before, () -> {
            if (read().at(pointer).equals(value)) { // or somebody else has changed it meanwhile
                replace(value, before);
            }
            giveBack();
        });
        replace(before, value);
        return step;
    }

    private void replace(JsonNode from, JsonNode to) {
        patch(pointer, from, pointer, to);
    }

    /** The value first, since the API server takes a change for this program's. */
    private void giveBack() {
        for (int attempt = 1; ; attempt++) {
            JsonNode now = read();
            try {
                patch(
                        "/metadata/resourceVersion",
                        now.at("/metadata/resourceVersion"),
                        "/metadata/managedFields",
                        ManagedFields.restored(managedBefore, now.at("/metadata/managedFields")));
                return;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private void patch(String tested, JsonNode expected, String replaced, JsonNode value) {
        var patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject().put("op", "test").put("path", tested).set("value", expected);
        patch.addObject().put("op", "replace").put("path", replaced).set("value", value);
        kubectl.run(
                "patch",
                "deployment",
                deployment,
                "--type=json",
                "--field-manager=" + ManagedFields.OURS,
                "--patch=" + patch);
    }

    private JsonNode read() {
        return kubectl.json("get", "deployment", deployment, "--show-managed-fields", "--output=json");
    }
}
