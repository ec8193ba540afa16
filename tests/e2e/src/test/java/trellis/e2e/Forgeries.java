package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.HmacKey;

/**
 * Tokens with both scopes that nobody may accept. Each differs in one point from one that is accepted.
 *
 * @param ours the issuer that is trusted
 * @param other one that is not
 */
record Forgeries(Issuer ours, Issuer other) {
    private static final long HOUR = 3600;

    /** By what is wrong with them. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        ofClaims().forEach((what, token) -> all.put(what, token.signed()));
        ofSignatures().forEach((what, token) -> all.put(what, token.signed()));
        ofText().forEach((what, change) -> all.put(what, change.apply(accepted().signed())));
        all.put(
                "with scopes added afterwards",
                changed(
                        ours.token("shop:read", "shop:write").signed(),
                        1,
                        payload -> payload.replace("shop:", "product:")));
        return all;
    }

    private Map<String, Token> ofClaims() {
        Map<String, Token> tokens = new LinkedHashMap<>();
        long now = System.currentTimeMillis() / 1000;
        tokens.put("expired", accepted().with("exp", now - HOUR));
        tokens.put("not yet valid", accepted().with("nbf", now + HOUR));
        tokens.put("of another issuer", accepted().with("iss", other.name()));
        tokens.put("of an issuer with a slash", accepted().with("iss", ours.name() + "/"));
        tokens.put(
                "of an issuer in capitals", accepted().with("iss", ours.name().toUpperCase()));
        tokens.put("of Keycloak by its name alone", accepted().with("iss", Keycloak.ISSUER));
        tokens.put("of no issuer", accepted().without("iss"));
        tokens.put("for another audience", accepted().with("aud", "shop"));
        tokens.put("for an audience that begins like ours", accepted().with("aud", Issuer.AUDIENCE + "-shop"));
        tokens.put("for several other audiences", accepted().with("aud", List.of("shop", "Trellis")));
        tokens.put("for no audience", accepted().without("aud"));
        return tokens;
    }

    private Map<String, Token> ofSignatures() {
        Map<String, Token> tokens = new LinkedHashMap<>();
        Token theirs = accepted().by(other.key().getPrivateKey());
        tokens.put("signed by another key under our name for ours", theirs);
        tokens.put(
                "signed by another key under its name",
                theirs.withHeader("kid", other.key().getKeyId()));
        tokens.put("signed by another key under no name", theirs.withHeader("kid", null));
        tokens.put(
                "signed by another key that it brings along",
                theirs.withHeader("jwk", other.key().toParams(OutputControlLevel.PUBLIC_ONLY)));
        tokens.put("signed by another key that it refers to", theirs.withHeader("jku", other.name() + "/keys.json"));
        tokens.put("of the algorithm none", accepted().withHeader("alg", "none").by(null));
        byte[] key = ours.key().getPublicKey().getEncoded();
        tokens.put("with the public key as secret, in DER", signedByTheSecret(key));
        tokens.put("with the public key as secret, in PEM", signedByTheSecret(pem(key)));
        tokens.put(
                "with the public key as secret, as published",
                signedByTheSecret(ours.published().getBytes(UTF_8)));
        return tokens;
    }

    private static Map<String, UnaryOperator<String>> ofText() {
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        for (String algorithm : List.of("none", "None", "HS256", "RS512", "ES256", "")) {
            changes.put(
                    "changed to the algorithm '" + algorithm + "'",
                    text -> changed(text, 0, header -> header.replace("RS256", algorithm)));
        }
        changes.put(
                "changed to the algorithm NONE, unsigned",
                text -> withPart(changed(text, 0, header -> header.replace("RS256", "NONE")), 2, ""));
        changes.put(
                "with a changed subject",
                text -> changed(text, 1, payload -> payload.replace("\"tests\"", "\"admin\"")));
        changes.put("with a later end", text -> changed(text, 1, payload -> payload.replace("\"exp\":", "\"exp\":1")));
        changes.put("with a space in its claims", text -> changed(text, 1, payload -> payload + " "));
        changes.put("with a changed signature", text -> withPart(text, 2, flipped(part(text, 2))));
        changes.put(
                "with half a signature", text -> withPart(text, 2, part(text, 2).substring(100)));
        changes.put("without signature", text -> withPart(text, 2, ""));
        changes.put("of two parts", text -> part(text, 0) + "." + part(text, 1));
        changes.put("of four parts", text -> text + "." + part(text, 2));
        changes.put("without header", text -> withPart(text, 0, ""));
        changes.put("without claims", text -> withPart(text, 1, ""));
        changes.put("with claims that are no JSON", text -> changed(text, 1, payload -> "no JSON"));
        changes.put("with claims that are a list", text -> changed(text, 1, payload -> "[" + payload + "]"));
        changes.put("of three letters", text -> "abc");
        changes.put("of two dots", text -> "..");
        changes.put("of ten thousand letters", text -> "a".repeat(10_000));
        changes.put("in quotes", text -> '"' + text + '"');
        return changes;
    }

    private Token accepted() {
        return ours.token(Issuer.READ, Issuer.WRITE);
    }

    /** The receiver may take its public key for the secret of HMAC, if the token chooses the algorithm. */
    private Token signedByTheSecret(byte[] secret) {
        return accepted().withHeader("alg", "HS256").by(new HmacKey(secret));
    }

    private static byte[] pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key))
                .getBytes(UTF_8);
    }

    private static String flipped(String part) {
        char[] letters = part.toCharArray();
        letters[20] = letters[20] == 'A' ? 'B' : 'A';
        return new String(letters);
    }

    private static String changed(String text, int part, UnaryOperator<String> change) {
        String decoded = new String(Base64.getUrlDecoder().decode(part(text, part)), UTF_8);
        return withPart(
                text,
                part,
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(change.apply(decoded).getBytes(UTF_8)));
    }

    private static String withPart(String text, int part, String with) {
        String[] parts = text.split("\\.", -1);
        parts[part] = with;
        return String.join(".", parts);
    }

    private static String part(String text, int part) {
        return text.split("\\.", -1)[part];
    }
}
