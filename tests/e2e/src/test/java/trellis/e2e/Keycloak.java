package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

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
        Response response = new Api(landscape)
                .postForm(
                        REALM + "/protocol/openid-connect/token",
                        "grant_type=client_credentials&client_id=%s&client_secret=%s"
                                .formatted(client, secretOf(client)))
                .requireStatus(200);
        return response.json().path("access_token").asText();
    }

    private String secretOf(String client) {
        String data = landscape
                .cluster()
                .client()
                .secrets()
                .inNamespace(landscape.cluster().namespace())
                .withName(NAME)
                .require()
                .getData()
                .get(client);
        return new String(Base64.getDecoder().decode(data), UTF_8);
    }
}
