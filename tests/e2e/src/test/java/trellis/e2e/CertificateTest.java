package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

@ClusterTest
class CertificateTest {
    private final ClusterLandscape landscape;
    private final Api api;

    CertificateTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void aNewCertificateFailsNoRequestAndNoUpgradeTakesItBack() throws IOException {
        Certificate old = shown();
        var replacement = NewCertificate.of(landscape.address().getHost());
        byte[] pem = replacement.certificate().getBytes(UTF_8);
        Certificate expected = Trust.certificate(pem);
        Trust.put("the new one", pem);
        assertNotEquals(expected, old);
        try (Load load = Load.ofReadsAndWrites(landscape, api.newPage(), 10)) {
            load.awaitMore(20);
            replaceBy(replacement);
            await("the new certificate").atMost(60, SECONDS).until(this::shown, expected::equals);
            load.awaitMore(50);

            landscape.installation().upgrade("product-composite.httpRoute.timeout=6s");
            assertEquals(replacement.certificate(), decoded(secret().require().getData(), "tls.crt"));
            assertEquals(replacement.key(), decoded(secret().require().getData(), "tls.key"));
            load.awaitMore(50);
            assertEquals(expected, shown());
            load.requireNoFailure();
        }
    }

    /** What a new connection sees. */
    private Certificate shown() throws IOException {
        try (var socket = (SSLSocket) Trust.connect(landscape.address())) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private void replaceBy(NewCertificate certificate) {
        secret().edit(secret -> {
            secret.getData().put("tls.crt", encoded(certificate.certificate()));
            secret.getData().put("tls.key", encoded(certificate.key()));
            return secret;
        });
    }

    private Resource<Secret> secret() {
        Cluster cluster = landscape.cluster();
        return cluster.client().secrets().inNamespace(cluster.namespace()).withName(Installation.CERTIFICATE);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(Map<String, String> data, String key) {
        return new String(Base64.getDecoder().decode(data.get(key)), UTF_8);
    }
}
