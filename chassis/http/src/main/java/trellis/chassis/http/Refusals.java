package trellis.chassis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.InstanceUtils;
import io.quarkus.logging.Log;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import org.jboss.logging.MDC;

/** Problem documents for requests that reach no resource. */
@ApplicationScoped
class Refusals {

    /** What Netty makes of a request line that it can't read. */
    private static final String UNREAD = "/bad-request";

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    /** Answers the request, and lets it be the last one of its connection: where the next one begins may not be known. */
    void refuse(HttpServerRequest request, HttpResponseStatus status, String detail) {
        Log.infof("%s %s is refused with %s: %s", request.method(), request.path(), status, detail);
        request.response()
                .setStatusCode(status.code())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(document(request, status, detail));
    }

    private String document(HttpServerRequest request, HttpResponseStatus status, String detail) {
        HttpProblem problem = HttpProblem.builder()
                .withType(Problems.NO_TYPE)
                .withStatus(status.code())
                .withTitle(status.reasonPhrase())
                .withDetail(detail)
                .withInstance(instance(request))
                .with("traceId", MDC.get("traceId"))
                .build();
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path as it came; what of it can't be in a URI is encoded, and an address that could not be read is taken for the root. */
    static URI instance(HttpServerRequest request) {
        String path = request.path() == null || request.path().equals(UNREAD) ? "/" : request.path();
        String encoded;
        try {
            encoded = new URI(path).toASCIIString();
        } catch (URISyntaxException e) {
            encoded = UriBuilder.fromPath("/").path(path).build().toASCIIString();
        }
        return InstanceUtils.pathToInstance(encoded); // which the library decodes when it writes it
    }
}
