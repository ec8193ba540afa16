package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Files on the class path. */
final class Resources {
    private Resources() {}

    /** @param values in the order of their numbers in the file */
    static NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<HasMetadata> objects(
            KubernetesClient client, String file, Object... values) {
        String text = new String(bytes(file), UTF_8).formatted(values);
        return client.load(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    /** @param file its path, or its name if it is beside the classes of the tests */
    static byte[] bytes(String file) {
        try (var stream = Resources.class.getResourceAsStream(file)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
