package trellis.chassis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Responses with an ETag, which a caller can cache and revalidate: RFC 9110, section 8.8.3. */
@ApplicationScoped
public class EntityTags {

    private final ObjectMapper json;

    EntityTags(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The entity with its tag, or the outcome of the request's conditions: 304 if the caller already has it, 412 if
     * it requires another version.
     */
    public ResponseBuilder answer(Object entity, HttpHeaders request) {
        return answer(bytes(entity), request);
    }

    /** The same for a body that is sent as it is. */
    public ResponseBuilder answer(byte[] body, HttpHeaders request) {
        EntityTag tag = new EntityTag(digest(body));
        ResponseBuilder answer = Preconditions.isKnown(tag, request) ? Response.notModified() : Response.ok(body);
        return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private byte[] bytes(Object entity) {
        try {
            return json.writeValueAsBytes(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
