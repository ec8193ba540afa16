package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/** The demonstration's Keycloak, called through the gateway as its clients do. */
record Keycloak(ClusterLandscape landscape) {
    /** The name of its workload, and of the Secret with the secrets of its clients. */
    static final String NAME = "keycloak";

    static final String REALM = "/realms/trellis";

    static final String ISSUER = "https://trellis.localhost" + REALM;

    /**
     * A new token.
     *
     * @param client {@code reader} or {@code writer}
     */
    String token(String client) {
        Response response = new Api(landscape::address, Optional::empty)
                .postForm(
                        REALM + "/protocol/openid-connect/token",
                        "grant_type=client_credentials&client_id=%s&client_secret=%s"
                                .formatted(client, secretOf(client)))
                .requireStatus(200);
        return response.json().path("access_token").asText();
    }

    /** The id of the key that a token is signed by. */
    static String keyOf(String token) {
        try {
            return ((JsonWebSignature) JsonWebStructure.fromCompactSerialization(token)).getKeyIdHeaderValue();
        } catch (JoseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** From now on a new key signs tokens, and the old one is still published. */
    void rotateTheKey() {
        var administration = new Api(() -> landscape.address(NAME), this::administrator);
        administration
                .post(
                        "/admin%s/components".formatted(REALM),
                        """
                        {"name": "newest", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                         "config": {"priority": ["%d"], "algorithm": ["RS256"]}}
                        """.formatted(System.currentTimeMillis() / 1000),
                        "Content-Type",
                        "application/json")
                .requireStatus(201);
    }

    /** A token for the administration, which is not public: it is called without the gateway. */
    private Optional<String> administrator() {
        Response response = new Api(() -> landscape.address(NAME), Optional::empty)
                .postForm(
                        "/realms/master/protocol/openid-connect/token",
                        "grant_type=password&client_id=admin-cli&username=admin&password=" + secretOf("admin"))
                .requireStatus(200);
        return Optional.of(response.json().path("access_token").asText());
    }

    /** The password of a user, or the secret of a client. */
    String secretOf(String userOrClient) {
        String data = landscape
                .cluster()
                .client()
                .secrets()
                .inNamespace(landscape.cluster().namespace())
                .withName(NAME)
                .require()
                .getData()
                .get(userOrClient);
        return new String(Base64.getDecoder().decode(data), UTF_8);
    }
}
