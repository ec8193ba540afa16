package trellis.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the certificates of the landscapes, which change as these are installed, for the host names in them. */
final class Trust extends X509ExtendedTrustManager {
    /** For every call to a landscape. */
    static final SSLContext CONTEXT = context();

    private static final Map<String, X509Certificate> CERTIFICATES = new ConcurrentHashMap<>();

    private Trust() {}

    /**
     * @param landscape whose earlier certificate is no longer trusted
     * @param certificate in PEM
     */
    static void put(String landscape, byte[] certificate) {
        CERTIFICATES.put(landscape, certificate(certificate));
    }

    /** A hash of each public key that is trusted, as Chromium is told them. */
    static List<String> publicKeys() {
        return CERTIFICATES.values().stream()
                .map(certificate -> certificate.getPublicKey().getEncoded())
                .map(key -> Base64.getEncoder().encodeToString(sha256(key)))
                .toList();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first certificate in a PEM file. */
    static X509Certificate certificate(byte[] pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A connection to the address, by TLS if it is one of {@code https}. */
    static Socket connect(URI address) throws IOException {
        boolean secure = address.getScheme().equals("https");
        int port = address.getPort() < 0 ? secure ? 443 : 80 : address.getPort();
        if (!secure) {
            return new Socket(address.getHost(), port);
        }
        var socket = (SSLSocket) CONTEXT.getSocketFactory().createSocket(address.getHost(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        delegate().checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        delegate().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        delegate().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("No client is trusted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return CERTIFICATES.values().toArray(X509Certificate[]::new);
    }

    private static X509ExtendedTrustManager delegate() throws CertificateException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var each : CERTIFICATES.entrySet()) {
                store.setCertificateEntry(each.getKey(), each.getValue());
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
        }
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trust()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
