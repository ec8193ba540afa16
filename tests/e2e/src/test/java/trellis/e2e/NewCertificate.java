package trellis.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate and its private key, each in PEM. */
record NewCertificate(String certificate, String key) {
    private static final String PASSWORD = "changeit";

    /** Made by the JDK's keytool, since there is no API for it. */
    static NewCertificate of(String host) {
        try {
            Path folder = Files.createTempDirectory("certificate");
            Path file = folder.resolve("store");
            Command.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            PASSWORD,
                            "-alias",
                            host,
                            "-keyalg",
                            "RSA",
                            "-dname",
                            "CN=" + host,
                            "-ext",
                            "SAN=dns:" + host)
                    .run();
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream stream = Files.newInputStream(file)) {
                store.load(stream, PASSWORD.toCharArray());
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
            return new NewCertificate(
                    pem("CERTIFICATE", store.getCertificate(host).getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            store.getKey(host, PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, encoded, type);
    }
}
