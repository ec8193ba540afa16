package trellis.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pushes the services' images under another version's tag and label: other images with the same layers. */
final class NewVersion {
    private final Registry registry;
    private final String old;
    private final String name;

    NewVersion(Target target) {
        registry = new Registry(target);
        old = target.tag();
        name = old + "-next";
    }

    /** Returns the tag of all images. */
    String push() {
        LiveLandscape.SERVICES.forEach(this::push);
        return name;
    }

    private void push(String service) {
        ObjectNode manifest = (ObjectNode) registry.manifest(service, old);
        ObjectNode configuration = (ObjectNode) registry.configuration(service, manifest);
        configuration.withObject("/config/Labels").put("org.opencontainers.image.version", name);
        Registry.Blob pushed = registry.pushBlob(service, configuration);
        manifest.withObject("/config").put("digest", pushed.digest()).put("size", pushed.size());
        registry.pushManifest(service, name, manifest);
    }
}
