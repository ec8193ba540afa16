package trellis.chassis.http;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/**
 * Reads a body, or reports what is wrong with it. {@link RequestChecks} refuses a body whose Content-Length is too
 * large; one without Content-Length is refused here once it exceeds the limit. Quarkus' own limit would close the
 * connection without a response.
 */
@Provider
class RequestBodies implements ReaderInterceptor {

    /** In bytes. */
    static final int LARGEST = 256 * 1024;

    static final String TOO_LARGE = "The body is larger than 256 KiB";

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        requireType(reading.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
        reading.getHeaders()
                .getOrDefault(HttpHeaders.CONTENT_ENCODING, List.of())
                .forEach(RequestBodies::requireNoEncoding);
        byte[] body = reading.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new ClientErrorException(
                    TOO_LARGE,
                    Response.status(Status.REQUEST_ENTITY_TOO_LARGE)
                            .header("Connection", "close")
                            .build());
        }
        if (body.length == 0) {
            throw new UnreadableInput("The request has no body");
        }
        requireUtf8(body);
        reading.setInputStream(new ByteArrayInputStream(body));
        Object read = read(reading);
        if (read == null) {
            throw new UnreadableInput("The body is null");
        }
        return read;
    }

    private static Object read(ReaderInterceptorContext reading) throws IOException {
        try {
            return reading.proceed();
        } catch (JacksonException e) {
            throw UnreadableInput.because(e);
        } catch (WebApplicationException e) { // Quarkus wraps Jackson's exception for malformed JSON
            throw e.getCause() instanceof JacksonException malformed ? UnreadableInput.because(malformed) : e;
        }
    }

    /**
     * Without a Content-Type, Quarkus would assume the expected one, but other recipients may guess differently: RFC
     * 9110, section 8.3.
     */
    private static void requireType(String type) {
        if (type == null) {
            throw new NotSupportedException("The request has a body but no Content-Type");
        }
    }

    /** RFC 9110, section 15.5.16. */
    private static void requireNoEncoding(String encoding) {
        if (!encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw new NotSupportedException(
                    "This Content-Encoding is not supported: " + encoding,
                    Response.status(Status.UNSUPPORTED_MEDIA_TYPE)
                            .header(HttpHeaders.ACCEPT_ENCODING, "identity")
                            .build());
        }
    }

    /** Jackson takes a NUL among the first four bytes as a sign of UTF-16 or UTF-32; JSON never contains one. */
    private static void requireUtf8(byte[] body) {
        try {
            if (StrictJson.text(body).indexOf('\0') >= 0) {
                throw new UnreadableInput("The body is not JSON: it contains a NUL");
            }
        } catch (CharacterCodingException e) {
            throw new UnreadableInput("The body is not UTF-8");
        }
    }
}
