package trellis.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Releases a second version, whose images have the layers of the first and digests of their own. */
final class NewVersion {
    private final Registry registry;
    private final Target old;
    private final Target next;

    NewVersion(Target old) {
        this.old = old;
        registry = new Registry(old);
        next = old.withVersion(old.version() + "-next");
    }

    /** Returns the version. */
    String release() {
        LiveLandscape.SERVICES.forEach(this::push);
        new Release(next).run();
        return next.version();
    }

    private void push(String service) {
        String image = "trellis/" + service;
        ObjectNode tagged = (ObjectNode) registry.tagged(image, old.version());
        tagged.withObject("/annotations").put("org.opencontainers.image.version", next.version());
        registry.push(image, next.version(), tagged);
    }
}
