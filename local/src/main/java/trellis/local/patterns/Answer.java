package trellis.local.patterns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * What came back to a request.
 *
 * @param status 0 if nothing came
 * @param trace the header traceresponse; empty if there is none
 */
record Answer(int status, String body, String trace, String location, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(HttpResponse<String> response, Duration took) {
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("traceresponse").orElse(""),
                response.headers().firstValue("location").orElse(""),
                took);
    }

    static Answer none(Throwable why, Duration took) {
        return new Answer(0, why.toString(), "", "", took);
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The status, and what a problem document says, or else the body. */
    String inWords() {
        return status + " " + json().path("detail").asText(body).strip();
    }

    /** The names of the parts that were unavailable. */
    List<String> missing() {
        return json().path("missing").valueStream().map(JsonNode::asText).toList();
    }

    /** Whether it is a page with all its parts, none of them as last seen. */
    boolean isWhole() {
        return status == 200 && missing().isEmpty() && !json().has("remembered");
    }
}
