package trellis.chassis.http;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Reads a body or says what is wrong with it. One that is larger than any service takes is refused at once if it says how long it is, else
 * when it turns out to be; Quarkus' own limit closes the connection without a word.
 */
@Provider
class RequestBodies implements ContainerRequestFilter, ReaderInterceptor {

    private static final int LARGEST = 256 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > LARGEST || request.getLength() < 0 && declaresMore(request)) {
            throw tooLarge();
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        byte[] body = reading.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw tooLarge();
        }
        if (body.length == 0) {
            throw new UnreadableInput("There is no body");
        }
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
        } catch (WebApplicationException e) { // Quarkus wraps what Jackson says of malformed JSON
            throw e.getCause() instanceof JacksonException malformed ? UnreadableInput.because(malformed) : e;
        }
    }

    /** JAX-RS has the length as an int, and none for a longer one. */
    private static boolean declaresMore(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.CONTENT_LENGTH) != null;
    }

    private static ClientErrorException tooLarge() {
        return new ClientErrorException(
                "The body is larger than 256 KiB",
                Response.status(Status.REQUEST_ENTITY_TOO_LARGE)
                        .header("Connection", "close")
                        .build());
    }
}
