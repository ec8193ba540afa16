package trellis.chassis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that reach no resource, sent as raw bytes since an HTTP client would not send them. */
@QuarkusTest
class RefusedRequestsTest {

    private static final String HOST = "Host: things.example\r\n";
    private static final String END = "\r\n";

    @TestHTTPResource
    URI address;

    private record Refused(String request, int status, String instance) {

        static Refused with(int status, String target, String headers) {
            String path = target.replaceFirst("\\?.*", "");
            return new Refused("GET " + target + " HTTP/1.1" + END + headers + END, status, path);
        }

        Refused at(String otherInstance) {
            return new Refused(request, status, otherInstance);
        }

        @Override
        public String toString() {
            return status + " "
                    + request.substring(0, Math.min(60, request.length())).replace(END, " / ");
        }
    }

    static Stream<Refused> areAnsweredWithAProblemDocument() {
        return Stream.of(
                // the target
                Refused.with(400, "/things/1?limit=%zz", HOST),
                Refused.with(400, "/things/1?%", HOST),
                Refused.with(400, "/things/%zz", HOST).at("/things/%25zz"),
                Refused.with(400, "/nothing/a%20b|c", HOST).at("/nothing/a%20b%7Cc"),
                Refused.with(400, "/things/{x}", HOST).at("/things/%7Bx%7D"),
                Refused.with(400, "/things/\"<>^`\\", HOST).at("/things/%22%3C%3E%5E%60%5C"),
                Refused.with(400, "/things/{x}/%7b/%", HOST).at("/things/%7Bx%7D/%7b/%25"),
                Refused.with(400, "/things/\u00e4", HOST).at("/things/%C3%A4"),
                Refused.with(400, "things/1", HOST),
                Refused.with(400, "*", HOST),
                Refused.with(414, "/things/" + "1".repeat(10_000), HOST).at("/"),
                Refused.with(414, "/things/1?limit=" + "1".repeat(10_000), HOST).at("/"),
                // the request line
                new Refused("NONSENSE" + END + END, 400, "/"),
                new Refused("GET /things/1 FTP" + END + HOST + END, 400, "/"),
                // headers
                Refused.with(431, "/things/1", HOST + "Cookie: " + "a".repeat(30_000) + END),
                Refused.with(431, "/things/1", HOST + "A: b\r\n".repeat(6_000)),
                Refused.with(400, "/things/1", HOST + "No Name: a" + END),
                Refused.with(400, "/things/1", HOST + "A\u0001: b" + END),
                Refused.with(400, "/things/1", HOST + "A: b\0c" + END),
                // RFC 9112, section 3.2
                Refused.with(400, "/things/1", ""),
                Refused.with(400, "/things/1", HOST + HOST),
                Refused.with(400, "/things/1", HOST + "Host: other.example" + END),
                Refused.with(400, "/things/1", "Host: a b" + END),
                // RFC 9112, section 6.3
                Refused.with(400, "/things/1", HOST + "Content-Length: many" + END),
                Refused.with(400, "/things/1", HOST + "Content-Length: -1" + END),
                Refused.with(400, "/things/1", HOST + "Content-Length: 1" + END + "Content-Length: 2" + END),
                Refused.with(400, "/things/1", HOST + "Content-Length: 1" + END + "Transfer-Encoding: chunked" + END),
                Refused.with(413, "/things/1", HOST + "Content-Length: 262145" + END),
                Refused.with(413, "/nothing", HOST + "Content-Length: 5000000000" + END),
                Refused.with(413, "/things/1", HOST + "Content-Length: 9223372036854775807" + END));
    }

    @ParameterizedTest
    @MethodSource
    void areAnsweredWithAProblemDocument(Refused refused) throws IOException {
        Answer answer = send(refused.request);
        assertEquals(refused.status, answer.status, answer.body);
        assertEquals("application/problem+json", answer.headers.get("content-type"));
        assertEquals("close", answer.headers.get("connection"));
        JsonNode problem = answer.json();
        assertEquals(refused.status, problem.path("status").asInt());
        assertEquals("about:blank", problem.path("type").asText());
        assertEquals(refused.instance, problem.path("instance").asText());
        assertTrue(problem.path("title").isTextual());
        assertTrue(problem.path("detail").asText().length() > 10, answer.body);
        String trace = problem.path("traceId").asText();
        assertTrue(trace.matches("(?!0*$)[0-9a-f]{32}"), answer.body);
        assertTrue(answer.headers.get("traceresponse").matches("00-" + trace + "-[0-9a-f]{16}-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /things/1 HTTP/1.0\r\n\r\n",
                "GET /things/1 HTTP/1.1\r\nHost:\r\n\r\n",
                "GET http://things.example/things/1 HTTP/1.1\r\nHost: things.example\r\n\r\n",
                "GET /things/1?unknown=%20 HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
            })
    void validRequestsAreAnswered(String request) throws IOException {
        assertEquals(200, send(request).status);
    }

    @Test
    void closeTheConnectionSoThatWhatFollowsIsNotTakenForARequest() throws IOException {
        String following = "GET /things/1 HTTP/1.1" + END + HOST + END;
        int before = Things.READS.get();
        assertEquals(400, send("GET /things/%zz HTTP/1.1" + END + HOST + END + following).status);
        assertEquals(400, send("GET /things/1 HTTP/1.1" + END + "A\u0001: b" + END + END + following).status);
        assertEquals(before, Things.READS.get());
    }

    private record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    private Answer send(String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String head = head(socket);
            Map<String, String> headers = head.lines()
                    .skip(1)
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(each -> each[0].toLowerCase(), each -> each[1]));
            int length = Integer.parseInt(headers.get("content-length"));
            String body = new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
            return new Answer(Integer.parseInt(head.split(" ")[1]), headers, body);
        }
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END + END) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("Closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString().strip();
    }
}
