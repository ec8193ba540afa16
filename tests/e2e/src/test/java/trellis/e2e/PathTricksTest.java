package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the way in which an address is written, it gives nobody more than what is written plainly. */
@ClusterTest
class PathTricksTest {
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();
    private static final Queue<String> WRITTEN = new ConcurrentLinkedQueue<>();
    private static Log log;
    private static long there;

    /** The contract, and the page for people with its files. */
    private static Set<String> anybodys;

    /** What may not be had with the token of somebody who reads, and what may not be had at all. */
    private static final List<String> FORBIDDEN = List.of(
            "/q/health",
            "/q/metrics",
            "/swagger-ui/",
            "/v1/products",
            "/v1/reviews?productId=1",
            "/realms/master",
            "/admin/master/console/",
            "/resources/any/admin/any.js",
            "/metrics");

    private final ClusterLandscape landscape;
    private final String reader = Issuer.OF_THE_TESTS.token(Issuer.READ).signed();

    PathTricksTest(ClusterLandscape landscape) throws IOException {
        this.landscape = landscape;
        if (log == null) {
            log = new Log(landscape);
            there = new Api(landscape).newPage();
            Set<String> bodies = new HashSet<>();
            for (String path : Stream.concat(Api.PUBLIC_PAGE.stream(), Stream.of("/openapi"))
                    .toList()) {
                bodies.add(answer("GET", path, "", "X-Nothing: x")
                        .orElseThrow()
                        .requireStatus(200)
                        .body());
            }
            anybodys = bodies;
        }
    }

    /** Only new products are written to, so a record of any of them is one too many. */
    @AfterAll
    static void nothingWasWritten() {
        Set<String> written = Set.copyOf(WRITTEN);
        assertEquals(
                List.of(),
                log.of(Log.UPDATES).stream()
                        .map(ConsumerRecord::key)
                        .filter(written::contains)
                        .toList());
        System.out.printf("    path tricks: %d attempts gave nothing%n", ATTEMPTS.get());
    }

    /** {@code {path}} is the path, {@code {first}} its first segment and {@code {rest}} the others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{path}",
                "/{path}",
                "//{path}",
                "/.{path}",
                "/%2e{path}",
                "/{first}//{rest}",
                "/{first}/./{rest}",
                "/{first}/%2e/{rest}",
                "/x/..{path}",
                "/x/%2e%2e{path}",
                "/x/%2E%2e{path}",
                "/x/.%2e{path}",
                "/x/%252e%252e{path}",
                "/x/..;{path}",
                "/x/..;a=b{path}",
                "/x%2f..{path}",
                "/x\\..{path}",
                "/x/..\\{path}",
                "/{first};x=y/{rest}",
                "/{first}%3bx/{rest}",
                "/{first}%2f{rest}",
                "/{first}%2F{rest}",
                "/{first}%5c{rest}",
                "/{first}\\{rest}",
                "{path}/",
                "{path}/.",
                "{path}/..",
                "{path}//",
                "{path}/%2e",
                "{path};x=",
                "{path}%00",
                "{path}%20",
                "{path}%0a",
                "{path}%09",
                "{path}%3f",
                "{path}%23",
                "{path}#x",
                "{path}?",
                "{path}?x=/openapi",
                "{path}.json",
                "{path}%2ejson",
                "/{encoded}/{rest}",
                "{upper}",
                "/openapi/..{path}",
                "/openapi/%2e%2e{path}",
                "/openapi/..;{path}",
                "/openapi;/..{path}",
                "/openapi%2f..{path}",
                "/openapi/..%2f{path}",
                "/openapi\\..{path}",
                "/openapi?/..{path}",
                "/openapi#/..{path}",
                "/openapi%23/..{path}",
                "/openapi%00{path}",
                "/realms/trellis/../..{path}",
                "/realms/trellis/..;/..;{path}",
                "/realms/trellis/%2e%2e/%2e%2e{path}",
                "/page.js/..{path}",
                "/page.js;/..{path}",
                "/page.js%2f..{path}",
                "/resources/any/login/any/../../../..{path}",
                "/resources/any/login/any/..;/..;/..;/..;{path}",
                "/resources/any/login/%2e%2e/%2e%2e/%2e%2e{path}",
                "/resources/any/login/..%2f..%2f..{path}",
                "/v1/product-composites/..;/..{path}",
                "/v1/product-composites/../..{path}",
                "/v1/product-composites/%2e%2e/%2e%2e{path}",
                "/v1/product-composites/..%2f..{path}",
                "/v1/product-composites%2f..%2f..{path}",
                "http://trellis.localhost{path}",
                "https://trellis.localhost{path}",
                "http://product-composite{path}",
                "http://product:80{path}",
                "http://localhost:9000{path}"
            })
    void anAddressWrittenInAnotherWayGivesNothingMore(String trick) throws IOException {
        for (String path : Stream.concat(FORBIDDEN.stream(), Stream.of(Api.PAGES, Api.PAGES + "/" + there))
                .toList()) {
            String target = trickOf(trick, path);
            boolean isPublic = path.startsWith(Api.PAGES);
            requireNothing("GET", target, "");
            if (!isPublic) {
                requireNothing("GET", target, reader);
            }
            requireNothing("POST", target, reader);
        }
        long written = newId();
        String target = trickOf(trick, Api.PAGES + "/" + written);
        for (String method : List.of("PUT", "DELETE", "put", "POST", "PATCH")) {
            requireNothing(method, target, "");
            requireNothing(method, target, reader);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, X-HTTP-Method-Override: PUT",
        "GET, X-HTTP-Method: DELETE",
        "GET, X-Method-Override: DELETE",
        "HEAD, X-HTTP-Method-Override: DELETE",
        "OPTIONS, X-HTTP-Method-Override: PUT",
        "GET, X-Original-URL: /openapi",
        "GET, X-Rewrite-URL: /openapi",
        "GET, X-Forwarded-Path: /openapi",
        "GET, X-Forwarded-Prefix: /openapi",
        "GET, X-Envoy-Original-Path: /openapi",
        "GET, :path: /openapi",
        "GET, Host: product-composite",
        "GET, Transfer-Encoding: xchunked",
    })
    void aHeaderChangesNeitherMethodNorAddress(String method, String header) throws IOException {
        requireUnchanged(method, Api.PAGES + "/" + newId(), header, reader);
        requireUnchanged(method, Api.PAGES + "/" + there, header, "");
    }

    private static long newId() {
        long id = Api.newId();
        WRITTEN.add("" + id);
        return id;
    }

    private void requireUnchanged(String method, String target, String header, String token) throws IOException {
        Optional<Integer> plain = status(method, target, token, "X-Nothing: x");
        Optional<Integer> status = status(method, target, token, header);
        if (status.filter(PathTricksTest::isSuccess).isPresent()) {
            assertEquals(plain, status, () -> method + " " + target + " with " + header);
        }
    }

    /** Nothing but what anybody may read anyway, which some spellings are another one of. */
    private void requireNothing(String method, String target, String token) throws IOException {
        Optional<Response> answer = answer(method, target, token, "X-Nothing: x");
        assertEquals(
                Optional.empty(),
                answer.filter(response -> isSuccess(response.status()))
                        .filter(response -> !anybodys.contains(response.body())),
                () -> method + " " + target + (token.isEmpty() ? "" : " with a token to read"));
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private Optional<Integer> status(String method, String target, String token, String header) throws IOException {
        return answer(method, target, token, header).map(Response::status);
    }

    /** Empty if the connection is closed without one. */
    private Optional<Response> answer(String method, String target, String token, String header) throws IOException {
        ATTEMPTS.incrementAndGet();
        URI address = landscape.address();
        byte[] body = method.matches("(?i)P.*") ? Pages.named("Kettle").getBytes(UTF_8) : new byte[0];
        String head = """
                %s %s HTTP/1.1\r
                Host: %s\r
                %s\
                Content-Type: application/json\r
                Content-Length: %d\r
                Connection: close\r
                %s\r
                \r
                """.formatted(method, target, address.getAuthority(), authorization(token), body.length, header);
        try {
            Response response = RawHttpClient.send(address, head, body);
            assertNotEquals(429, response.status(), "It says nothing of the address");
            return Optional.of(response);
        } catch (IOException e) {
            if (e.getMessage().startsWith("No response")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String authorization(String token) {
        return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    private static String trickOf(String trick, String path) {
        int slash = path.indexOf('/', 1);
        String first = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String rest = slash < 0 ? "" : path.substring(slash + 1);
        return trick.replace("{upper}", path.toUpperCase(Locale.ROOT))
                .replace("{encoded}", "%%%02x%s".formatted((int) first.charAt(0), first.substring(1)))
                .replace("{first}", first)
                .replace("{rest}", rest)
                .replace("{path}", path);
    }
}
