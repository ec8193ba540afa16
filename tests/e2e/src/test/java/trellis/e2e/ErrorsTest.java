package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LandscapeResolver.class)
class ErrorsTest {
    private static final String TOO_LONG_FOR_THE_API = Pages.named("x".repeat(300 * 1024));

    private final Api api;
    private final LiveLandscape landscape;

    ErrorsTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @Test
    void anIdThatIsNoNumberCantBeRead() {
        api.get("/v1/product-composites/abc").requireProblem(400);
        api.put("abc", BodyPublishers.ofString(Pages.named("Kettle"))).requireProblem(400);
        api.get("/v1/product-composites?limit=ten").requireProblem(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": ",
                "no JSON at all",
                "",
                "[]",
                "{\"name\": \"Kettle\", \"weight\": 7, \"recommendations\": [], \"reviews\": [], \"colour\": \"red\"}",
                "{\"name\": \"Kettle\", \"weight\": \"heavy\", \"recommendations\": [], \"reviews\": []}",
            })
    void aBodyThatCantBeReadIsRefused(String body) {
        api.put(Api.newId(), body).requireProblem(400);
    }

    @Test
    void theSameIdTwiceInOneListIsRefused() {
        String recommendation = "{\"recommendationId\": 1, \"author\": \"Ada\", \"rate\": 5, \"content\": \"Good\"}";
        String review = "{\"reviewId\": 1, \"author\": \"Bo\", \"subject\": \"Fine\", \"content\": \"Works\"}";
        api.put(Api.newId(), lists(recommendation + "," + recommendation, "")).requireProblem(422);
        api.put(Api.newId(), lists("", review + "," + review)).requireProblem(422);
    }

    @Test
    void aProductThatIsNotThereIsNotFound() {
        assertEquals(
                "No product found for productId: 13",
                api.page(13).requireProblem(404).detail());
    }

    @Test
    void aPathThatIsNotThereIsNotFound() {
        api.get("/v1/product-composites/1/nothing").requireProblem(404);
    }

    @Test
    void aMethodThatIsNotThereIsNotAllowed() {
        Response refused =
                api.post("/v1/product-composites/1", Pages.named("Kettle")).requireProblem(405);
        assertEquals(
                Set.of("GET", "PUT", "DELETE"), Set.of(refused.header("Allow").split(", ")));
    }

    @Test
    void anotherResponseTypeIsNotAcceptable() {
        api.page(1, "Accept", "text/csv").requireProblem(406);
    }

    @Test
    void aBodyOver256KibibytesIsTooLarge() {
        api.put(Api.newId(), TOO_LONG_FOR_THE_API).requireProblem(413);
    }

    @Test
    void aBodyOver256KibibytesIsTooLargeEvenIfItDoesNotSaySo() {
        byte[] body = TOO_LONG_FOR_THE_API.getBytes(StandardCharsets.UTF_8);
        api.put(Long.toString(Api.newId()), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .requireProblem(413);
    }

    @Test
    void aBodyOfAnotherTypeIsNotSupported() {
        api.put(Api.newId(), Pages.named("Kettle"), "Content-Type", "text/plain")
                .requireProblem(415);
    }

    @Test
    void anIdBelowOneIsInvalid() {
        assertEquals("Invalid productId: -1", api.page(-1).requireProblem(422).detail());
        assertEquals(
                "Invalid productId: -1",
                api.put(-1, Pages.named("Kettle")).requireProblem(422).detail());
        assertEquals("Invalid productId: -1", api.delete(-1).requireProblem(422).detail());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void aPageOfTheListHasOneToAHundredProducts(int limit) {
        assertEquals(List.of("limit"), api.pages(0, limit).requireProblem(422).violatedFields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101"})
    void aRateOutsideZeroToAHundredIsInvalid(String rate) {
        Response refused = api.put(Api.newId(), Pages.page("\"Kettle\"", rate)).requireProblem(422);
        assertTrue(refused.violatedFields().stream().anyMatch(field -> field.endsWith("rate")), refused.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "\"  \""})
    void aProductWithoutANameIsInvalid(String name) {
        assertEquals(
                List.of("name"),
                api.put(Api.newId(), Pages.page(name, "50")).requireProblem(422).violatedFields());
    }

    @Test
    void aTextOverItsLimitIsInvalid() {
        String name = "\"" + "x".repeat(10_000) + "\"";
        assertEquals(
                List.of("name"),
                api.put(Api.newId(), Pages.page(name, "50")).requireProblem(422).violatedFields());
    }

    @Test
    void everyViolationIsListedWithItsField() {
        List<String> fields = api.put(Api.newId(), Pages.page("\"\"", "101"))
                .requireProblem(422)
                .violatedFields();
        assertEquals(2, fields.size(), fields.toString());
        assertTrue(fields.contains("name"), fields.toString());
        assertTrue(fields.stream().anyMatch(field -> field.startsWith("recommendations") && field.endsWith("rate")));
    }

    @Test
    void whatIsRefusedIsNotStored() {
        long productId = Api.newId();
        api.put(productId, Pages.page("\"Kettle\"", "101")).requireProblem(422);
        api.put(productId, "{").requireProblem(400);
        api.page(productId).requireProblem(404);
    }

    @Test
    void theInternalServicesAnswerInTheSameWay() {
        var product = landscape.address("product");
        assertEquals(
                "No product found for productId: 13",
                api.get(product.resolve("/v1/products/13")).requireProblem(404).detail());
        api.get(product.resolve("/v1/products/abc")).requireProblem(400);
        assertEquals(
                "Invalid productId: -1",
                api.get(product.resolve("/v1/products/-1")).requireProblem(422).detail());
        api.get(product.resolve("/v1/products?limit=0")).requireProblem(422);
        for (String[] part : new String[][] {{"recommendation", "recommendations"}, {"review", "reviews"}}) {
            URI service = landscape.address(part[0]);
            String items = "/v1/" + part[1] + "?productId=";
            api.get(service.resolve(items + "abc")).requireProblem(400);
            api.get(service.resolve(items + "-1")).requireProblem(422);
            Response none = api.get(service.resolve(items + "13")).requireStatus(200);
            assertTrue(none.json().path(part[1]).isEmpty(), none.body());
        }
    }

    private static String lists(String recommendations, String reviews) {
        return "{\"name\": \"Kettle\", \"weight\": 7, \"recommendations\": [%s], \"reviews\": [%s]}"
                .formatted(recommendations, reviews);
    }
}
