package trellis.e2e;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;

/** What runs in a pod with a shell that Pod Security {@code restricted} admits. */
final class RestrictedShell {
    private RestrictedShell() {}

    /** @param image any with a shell */
    static PodSpecBuilder running(String image, String... command) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(999L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("shell")
                .withImage(image)
                .withCommand(command)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer();
    }
}
