package trellis.e2e;

import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A token before it is signed.
 *
 * @param headers with the algorithm, {@code alg}
 * @param key for that algorithm; null if it is {@code none}
 */
record Token(Map<String, Object> headers, Map<String, Object> claims, Key key) {
    Token with(String claim, Object value) {
        return new Token(headers, changed(claims, claim, value), key);
    }

    Token without(String claim) {
        return with(claim, null);
    }

    Token withHeader(String header, Object value) {
        return new Token(changed(headers, header, value), claims, key);
    }

    Token by(Key other) {
        return new Token(headers, claims, other);
    }

    /** In the form in which it is sent. */
    String signed() {
        var signature = new JsonWebSignature();
        headers.forEach(signature.getHeaders()::setObjectHeaderValue);
        signature.setPayload(JsonUtil.toJson(claims));
        signature.setKey(key);
        signature.setDoKeyValidation(false);
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS); // for forged ones
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> changed(Map<String, Object> map, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(map);
        changed.put(name, value);
        changed.values().removeIf(each -> each == null);
        return changed;
    }
}
