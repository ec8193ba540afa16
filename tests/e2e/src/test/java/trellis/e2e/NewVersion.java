package trellis.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The services' images once more in the registry, with another version's name and label: other images with the same layers. */
final class NewVersion {
    private final Registry registry;
    private final String old;
    private final String name;

    NewVersion(Target target) {
        registry = new Registry(target);
        old = target.tag();
        name = old + "-next";
    }

    /** The tag of all four. */
    String push() {
        Landscape.SERVICES.forEach(this::push);
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
