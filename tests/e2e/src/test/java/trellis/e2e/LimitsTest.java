package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class LimitsTest {
    private static final int KIB = 1024;

    /** The gateway's limit, with a margin for a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(10 + 5);

    private final ClusterLandscape landscape;
    private final Api api;
    private final Api anybody;

    LimitsTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
        anybody = new Api(landscape::address, Optional::empty);
    }

    /** The service's own limit is lower. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Long", "Cookie", "baggage"})
    void headersMayHave32Kibibytes(String name) {
        api.get("/openapi", name, "a".repeat(12 * KIB)).requireStatus(200);
        api.get("/openapi", name, "a".repeat(28 * KIB)).requireProblem(431);
        api.get("/openapi", name, "a".repeat(33 * KIB)).requireProblemOfAnUnreadRequest(431);
        anybody.get("/openapi", name, "a".repeat(90 * KIB)).requireProblemOfAnUnreadRequest(431);
    }

    @Test
    void thereMayBeAHundredHeaders() {
        String[] headers = new String[240];
        for (int i = 0; i < headers.length; i += 2) {
            headers[i] = "X-" + i;
            headers[i + 1] = "a";
        }
        api.get("/openapi", headers).requireProblemOfAnUnreadRequest(431);
    }

    /** Which explains its own limit: {@link ErrorsTest}. */
    @Test
    void aBodyOfLessThanAMebibyteIsLeftToTheService() {
        api.put(Api.newId(), Pages.named("x".repeat(1000 * KIB))).requireProblem(413);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyMayHaveOneMebibyte(boolean saysItsLength) {
        byte[] body = Pages.named("x".repeat(1025 * KIB)).getBytes(UTF_8);
        BodyPublisher publisher = saysItsLength
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        api.put(Long.toString(Api.newId()), publisher).requireProblemOfTheGateway(413);
    }

    @Test
    void aClientThatSendsItsHeadersSlowlyIsCutOff() throws IOException {
        String head = "GET /openapi HTTP/1.1\r\nHost: %s\r\nX-Slow: ".formatted(authority());
        assertTrue(untilCutOff(head).compareTo(LONGEST) < 0);
    }

    @Test
    void aClientThatSendsItsBodySlowlyIsCutOff() throws IOException {
        String head = """
                PUT %s/%d HTTP/1.1\r
                Host: %s\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: 1000\r
                \r
                """.formatted(
                        Api.PAGES, Api.newId(), authority(), landscape.token().orElseThrow());
        assertTrue(untilCutOff(head).compareTo(LONGEST) < 0);
    }

    @Test
    void aClientThatDoesNotEvenBeginTlsIsCutOff() throws IOException {
        URI address = landscape.address();
        try (var socket = new Socket(address.getHost(), address.getPort() < 0 ? 443 : address.getPort())) {
            socket.setSoTimeout(2 * (int) LONGEST.toMillis()); // Envoy waits 15 s for the first byte
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    private String authority() {
        return landscape.address().getAuthority();
    }

    /** How long the connection lasts if each half second brings another byte; only an answer 408 may come. */
    private Duration untilCutOff(String head) throws IOException {
        URI address = landscape.address();
        long start = System.nanoTime();
        try (Socket socket = Trust.connect(address)) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var answer = new StringBuilder();
            while (Duration.ofNanos(System.nanoTime() - start).compareTo(LONGEST) < 0) {
                try {
                    int next = socket.getInputStream().read();
                    if (next < 0) {
                        break;
                    }
                    answer.append((char) next);
                } catch (SocketTimeoutException e) {
                    if (!answer.isEmpty()) {
                        break; // answered, and closed by whoever sends next
                    }
                    socket.getOutputStream().write('a');
                }
            }
            assertTrue(answer.isEmpty() || answer.toString().startsWith("HTTP/1.1 408"), answer::toString);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
