package trellis.e2e;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** Issues tokens as an OpenID provider does, signed by a key of its own. */
record Issuer(String name, RsaJsonWebKey key) {
    /** Whose tokens the gateway of each {@link ClusterLandscape} accepts. */
    static final Issuer OF_THE_TESTS = new Issuer("https://issuer.test");

    static final String READ = "product:read";
    static final String WRITE = "product:write";
    static final String AUDIENCE = "trellis";

    /** Longer than any test runs. */
    private static final int LIFETIME_SECONDS = 3600;

    /** With a new key. */
    Issuer(String name) {
        this(name, newKey());
    }

    /** One that is accepted for what the scopes allow, if the issuer is. */
    Token token(String... scopes) {
        long now = Instant.now().getEpochSecond();
        return new Token(
                Map.of("alg", "RS256", "typ", "JWT", "kid", key.getKeyId()),
                Map.of(
                        "iss",
                        name,
                        "sub",
                        "tests",
                        "azp",
                        "tests",
                        "aud",
                        List.of(AUDIENCE),
                        "scope",
                        String.join(" ", scopes),
                        "iat",
                        now,
                        "exp",
                        now + LIFETIME_SECONDS),
                key.getPrivateKey());
    }

    /** The public key, as a provider publishes it: a JSON Web Key Set. */
    String published() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static RsaJsonWebKey newKey() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(UUID.randomUUID().toString());
            key.setUse("sig");
            key.setAlgorithm("RS256");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
