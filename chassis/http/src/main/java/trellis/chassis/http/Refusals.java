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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Problem documents for requests that reach no resource. */
@ApplicationScoped
class Refusals {

    /** The path that Netty sets when it cannot parse the request line. */
    private static final String UNPARSED_PATH = "/bad-request";

    /** RFC 3986, section 3.3. */
    private static final Pattern NOT_IN_A_PATH =
            Pattern.compile("%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/%-]+");

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    /** Answers the request and closes its connection, since it may be unclear where the next request begins. */
    void refuse(HttpServerRequest request, HttpResponseStatus status, String detail) {
        Log.infof("A request that cannot be read is refused with %s", status); // what it holds is not for the log
        TraceResponse.writeTo(request.response());
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

    /**
     * The path as received, with characters that a URI cannot contain percent-encoded; {@code /} if it could not be
     * parsed.
     */
    static URI instance(HttpServerRequest request) {
        String path = request.path() == null || request.path().equals(UNPARSED_PATH) ? "/" : request.path();
        String encoded =
                NOT_IN_A_PATH.matcher(path).replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8));
        return InstanceUtils.pathToInstance(encoded); // the library decodes it when it writes it
    }
}
