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

    /** What Netty makes of a request line that it can't read. */
    private static final String UNREAD = "/bad-request";

    /** RFC 3986, section 3.3. */
    private static final Pattern NOT_IN_A_PATH =
            Pattern.compile("%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/%-]+");

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

    /** The path as it came, with what of it can't be in a URI encoded. One that could not be read is taken for the root. */
    static URI instance(HttpServerRequest request) {
        String path = request.path() == null || request.path().equals(UNREAD) ? "/" : request.path();
        String encoded =
                NOT_IN_A_PATH.matcher(path).replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8));
        return InstanceUtils.pathToInstance(encoded); // which the library decodes when it writes it
    }
}
