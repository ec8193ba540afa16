package trellis.local.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import trellis.local.cluster.Kubectl;

/**
 * The landscape's own gateway.
 *
 * @param address where it listens for HTTPS
 * @param plain where it listens for HTTP
 * @param host the name that callers use, and that its certificate is for
 * @param trust its certificate, which may be self-signed, as it is in the cluster
 */
record Edge(URI address, URI plain, String host, SSLContext trust) {
    private static final String NAME = "edge";

    /**
     * Empty if the namespace has none.
     *
     * @throws IllegalStateException if it has no address, or a certificate that can't be read
     */
    static Optional<Edge> in(Kubectl kubectl) {
        return kubectl.find("gateways.gateway.networking.k8s.io", NAME).map(gateway -> of(gateway, kubectl));
    }

    private static Edge of(JsonNode gateway, Kubectl kubectl) {
        JsonNode https = listener(gateway, "https");
        String at = Optional.ofNullable(System.getenv("EDGE"))
                .filter(edge -> !edge.isBlank())
                .orElseGet(() -> gateway.at("/status/addresses/0/value").asText());
        if (at.isEmpty()) {
            throw new IllegalStateException("The gateway edge in the namespace " + kubectl.namespace()
                    + " has no address: EDGE=... is the host of the one to call");
        }
        String ip = at.replaceFirst(":\\d+$", "");
        String securePort = at.equals(ip) ? https.path("port").asText() : at.substring(ip.length() + 1);
        String secret = https.at("/tls/certificateRefs/0/name").asText();
        return new Edge(
                URI.create("https://" + ip + ":" + securePort),
                URI.create("http://" + ip + ":"
                        + listener(gateway, "http").path("port").asText()),
                host(https, kubectl).orElse(ip),
                trusting(kubectl.json("get", "secret", secret, "--output=json")
                        .path("data")
                        .path("tls.crt")
                        .asText()));
    }

    private static Optional<String> host(JsonNode listener, Kubectl kubectl) {
        Stream<String> ofListener = Stream.of(listener.path("hostname").asText());
        Stream<String> ofRoute = kubectl.find("httproutes.gateway.networking.k8s.io", "product-composite").stream()
                .map(route -> route.at("/spec/hostnames/0").asText());
        return Stream.of(
                        ofListener,
                        ofRoute,
                        Tokens.issuer(kubectl).map(issuer -> URI.create(issuer).getHost()).stream())
                .flatMap(hosts -> hosts)
                .filter(host -> !host.isEmpty() && !host.startsWith("*"))
                .findFirst();
    }

    private static JsonNode listener(JsonNode gateway, String name) {
        return gateway.at("/spec/listeners")
                .valueStream()
                .filter(listener -> listener.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The gateway edge has no listener " + name));
    }

    private static SSLContext trusting(String certificate) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var pem = new ByteArrayInputStream(Base64.getDecoder().decode(certificate));
            store.setCertificateEntry(
                    NAME, CertificateFactory.getInstance("X.509").generateCertificate(pem));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificate of the gateway edge can't be read: " + e, e);
        }
    }
}
