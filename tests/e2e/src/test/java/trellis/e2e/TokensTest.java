package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ClusterTest
class TokensTest {
    private static final Issuer OURS = Issuer.OF_THE_TESTS;
    private static final Issuer OTHER = new Issuer("https://elsewhere.test");
    private static final String BOTH = Issuer.READ + " " + Issuer.WRITE;

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();
    private static final Queue<String> REFUSED = new ConcurrentLinkedQueue<>();
    private static Log log;
    private static long there;

    private final ClusterLandscape landscape;
    private final Api api;
    private final Api anybody;

    TokensTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
        anybody = new Api(landscape::address, Optional::empty);
        if (log == null) {
            log = new Log(landscape);
            there = api.newPage();
        }
    }

    /** Their products are new ones, so a record of any of them is one too many. */
    @AfterAll
    static void nothingWasWrittenByWhatWasRefused() {
        Set<String> refused = Set.copyOf(REFUSED);
        assertEquals(
                List.of(),
                log.of(Log.UPDATES).stream()
                        .map(ConsumerRecord::key)
                        .filter(refused::contains)
                        .toList());
        System.out.printf("    tokens: %d attempts were refused, and nothing was written%n", ATTEMPTS.get());
    }

    static Stream<Arguments> forgeries() {
        return new Forgeries(OURS, OTHER)
                .all().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "a token {0}")
    @MethodSource("forgeries")
    void aForgedTokenIsInvalid(String what, String token) {
        for (Response refused : attempts("Authorization", "Bearer " + token)) {
            requireRefused(refused, 401, "invalid_token");
        }
    }

    @Test
    void aRequestWithoutATokenIsAskedForOne() {
        for (Response refused : attempts()) {
            requireRefused(refused, 401, "");
        }
    }

    /** So it is asked for one as if there were none. */
    @ParameterizedTest
    @CsvSource({
        "Authorization, %s",
        "Authorization, Basic %s",
        "Authorization, Token %s",
        "Authorization, JWT %s",
        "Authorization, Bearer",
        "X-Authorization, Bearer %s",
        "Proxy-Authorization, Bearer %s",
        "X-Forwarded-Authorization, Bearer %s",
        "X-Forwarded-Access-Token, %s",
        "X-Access-Token, %s",
        "X-Jwt-Assertion, %s",
        "Cookie, access_token=%s",
        "Cookie, Authorization=Bearer %s",
        "Sec-WebSocket-Protocol, %s"
    })
    void aTokenIsOnlyLookedForAsABearerInTheHeaderAuthorization(String header, String value) {
        for (Response refused :
                attempts(header, value.formatted(OURS.token(BOTH).signed()))) {
            requireRefused(refused, 401, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "token", "jwt", "authorization", "bearer", "id_token"})
    void aTokenIsNotLookedForInTheAddress(String parameter) {
        String query = "?" + parameter + "=" + OURS.token(BOTH).signed();
        requireRefused(anybody.get(Api.PAGES + "/" + there + query), 401, "");
        requireRefused(anybody.get(Api.PAGES + query), 401, "");
        requireRefused(anybody.put(newId() + query, BodyPublishers.ofString(Pages.named("Kettle"))), 401, "");
    }

    @Test
    void aTokenIsNotLookedForInTheBody() {
        String form = "access_token=" + OURS.token(BOTH).signed();
        requireRefused(
                anybody.put(
                        newId(), BodyPublishers.ofString(form), "Content-Type", "application/x-www-form-urlencoded"),
                401,
                "");
    }

    /** Otherwise two readers of the request might each take another. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoTokensAreRefused(boolean goodFirst) throws IOException {
        String good = OURS.token(BOTH).signed();
        String bad = OTHER.token(BOTH).signed();
        URI address = landscape.address();
        String body = Pages.named("Kettle");
        for (String line :
                List.of("GET %s/%d".formatted(Api.PAGES, there), "PUT %s/%s".formatted(Api.PAGES, newId()))) {
            String content = line.startsWith("PUT") ? body : "";
            String head = """
                    %s HTTP/1.1\r
                    Host: %s\r
                    Authorization: Bearer %s\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    """.formatted(
                    line, address.getAuthority(), goodFirst ? good : bad, goodFirst ? bad : good, content.length());
            Response refused = RawHttpClient.send(address, head, content.getBytes());
            requireRefused(refused, 401, "invalid_token");
        }
    }

    @Test
    void aTokenLongerThanTheHeadersMayBeIsRefused() {
        String token = OURS.token(BOTH).with("padding", "x".repeat(100_000)).signed();
        for (Response refused : attempts("Authorization", "Bearer " + token)) {
            refused.requireStatus(431);
            ATTEMPTS.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "product",
                "product:",
                "product:*",
                "*",
                "product:reader product:writer",
                "product:readall product:writeall",
                "product:read:own product:write:own",
                "xproduct:read xproduct:write",
                "PRODUCT:READ PRODUCT:WRITE",
                "product.read product.write",
                "product:read,product:write",
                "product:read+product:write",
                "product%3Aread product%3Awrite",
                "\"product:read\" \"product:write\"",
                "read write",
                "openid profile email offline_access"
            })
    void aTokenWithOtherScopesIsNotEnough(String scopes) {
        for (Response refused :
                attempts("Authorization", "Bearer " + OURS.token(scopes).signed())) {
            requireRefused(refused, 403, "insufficient_scope");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scp", "scopes", "Scope", "permissions", "roles", "groups", "authorities", "azp"})
    void scopesInAnotherClaimAreNone(String claim) {
        for (Object value : List.of(BOTH, List.of(Issuer.READ, Issuer.WRITE), Map.of("scope", BOTH))) {
            Token token = OURS.token().without("scope").with(claim, value);
            for (Response refused : attempts("Authorization", "Bearer " + token.signed())) {
                requireRefused(refused, 403, "insufficient_scope");
            }
        }
    }

    @Test
    void aTokenToReadDoesNotWrite() {
        requireReadsOnly(OURS.token(Issuer.READ).signed());
    }

    @Test
    void aTokenToWriteDoesNotRead() {
        String token = "Bearer " + OURS.token(Issuer.WRITE).signed();
        requireRefused(anybody.page(there, "Authorization", token), 403, "insufficient_scope");
        assertEquals(
                403,
                anybody.head(Api.PAGES + "/" + there, "Authorization", token).status());
        requireWrites(OURS.token(Issuer.WRITE).signed());
    }

    @Test
    void keycloaksReaderReadsAndDoesNotWrite() {
        requireReadsOnly(new Keycloak(landscape).token("reader"));
    }

    @Test
    void keycloaksWriterWrites() {
        requireWrites(new Keycloak(landscape).token("writer"));
    }

    @Test
    void aTokenMayHaveMoreScopesAndAudiencesThanNeeded() {
        Token token = OURS.token("openid " + BOTH + " shop:read").with("aud", List.of("shop", Issuer.AUDIENCE));
        anybody.page(there, "Authorization", "Bearer " + token.signed()).requireStatus(200);
        requireWrites(token.signed());
    }

    @Test
    void whatIsPublicNeedsNoToken() {
        anybody.get("/openapi").requireStatus(200);
        for (String path : Api.PUBLIC_PAGE) {
            anybody.get(path).requireStatus(200);
        }
    }

    private void requireReadsOnly(String token) {
        String header = "Bearer " + token;
        anybody.page(there, "Authorization", header).requireStatus(200);
        anybody.head(Api.PAGES + "/" + there, "Authorization", header).requireStatus(200);
        for (Response refused : writes("Authorization", header)) {
            requireRefused(refused, 403, "insufficient_scope");
        }
    }

    private void requireWrites(String token) {
        long productId = Api.newId();
        anybody.put(productId, Pages.named("Kettle"), "Authorization", "Bearer " + token)
                .requireStatus(202);
        anybody.delete(productId, "Authorization", "Bearer " + token).requireStatus(202);
    }

    /** A read and several writes, each of which succeeds with the right token. */
    private List<Response> attempts(String... headers) {
        return Stream.concat(Stream.of(anybody.page(there, headers)), writes(headers).stream())
                .toList();
    }

    private List<Response> writes(String... headers) {
        return List.of(
                anybody.put(newId(), BodyPublishers.ofString(Pages.named("Kettle")), headers),
                anybody.delete(Long.parseLong(newId()), headers));
    }

    private static String newId() {
        String id = Long.toString(Api.newId());
        REFUSED.add(id);
        return id;
    }

    /** @param error of RFC 6750, section 3.1; empty if no token was found, and so there is nothing to say of it */
    private static void requireRefused(Response response, int status, String error) {
        ATTEMPTS.incrementAndGet();
        response.requireProblemOfTheGateway(status);
        String challenge = response.header("WWW-Authenticate");
        assertTrue(challenge.startsWith("Bearer "), () -> "A challenge, not '" + challenge + "'");
        if (error.isEmpty()) {
            assertFalse(challenge.contains("error"), challenge);
        } else {
            assertTrue(challenge.contains("error=\"" + error + "\""), challenge);
        }
    }
}
