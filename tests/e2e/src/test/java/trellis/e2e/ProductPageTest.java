package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LandscapeResolver.class)
class ProductPageTest {
    private final Api api;
    private final long productId = Api.newId();

    ProductPageTest(LiveLandscape landscape) {
        api = new Api(landscape);
    }

    @Test
    void aPageIsReadBackAsItWasPut() {
        Response accepted = api.put(productId, Pages.named("Kettle")).requireStatus(202);
        assertTrue(accepted.header("Location").endsWith("/v1/product-composites/" + productId));
        awaitWholePage("Kettle");

        var page = api.page(productId).json();
        assertEquals(productId, page.path("productId").asLong());
        assertEquals(7, page.path("weight").asInt());
        assertEquals(50, page.at("/recommendations/0/rate").asInt());
        assertEquals("Ada", page.at("/recommendations/0/author").asText());
        assertEquals("Fine", page.at("/reviews/0/subject").asText());
        assertTrue(page.path("missing").isArray() && page.path("missing").isEmpty());
    }

    @Test
    void aPagePutAgainIsReplacedAsAWhole() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        awaitWholePage("Kettle");
        api.put(productId, "{\"name\": \"Pot\", \"weight\": 8, \"recommendations\": [], \"reviews\": []}")
                .requireStatus(202);
        await().atMost(20, SECONDS).untilAsserted(() -> {
            var page = api.page(productId).requireStatus(200).json();
            assertEquals("Pot", page.path("name").asText());
            assertEquals(8, page.path("weight").asInt());
            assertTrue(page.path("recommendations").isEmpty());
            assertTrue(page.path("reviews").isEmpty());
        });
    }

    @Test
    void aDeletedPageIsGoneAndDeletingItAgainIsAccepted() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        awaitWholePage("Kettle");
        api.delete(productId).requireStatus(202);
        api.delete(productId).requireStatus(202);
        await().atMost(20, SECONDS).untilAsserted(() -> api.page(productId).requireProblem(404));
        assertEquals(
                "No product found for productId: " + productId,
                api.page(productId).detail());
    }

    @Test
    void aPagePutAfterItsDeletionIsThere() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        api.delete(productId).requireStatus(202);
        api.put(productId, Pages.named("Pot")).requireStatus(202);
        awaitWholePage("Pot");
    }

    @Test
    void theListIsReadPageByPage() {
        List<Long> ids = List.of(productId, Api.newId(), Api.newId(), Api.newId(), Api.newId());
        ids.forEach(id -> api.put(id, Pages.named("Product " + id)).requireStatus(202));
        await().atMost(20, SECONDS)
                .until(() -> api.pages(productId - 1, 5).json().path("products").size() == 5);

        var first = api.pages(productId - 1, 2).requireStatus(200).json();
        assertEquals(ids.subList(0, 2), idsOf(first));
        assertEquals("Product " + productId, first.at("/products/0/name").asText());
        assertEquals(7, first.at("/products/0/weight").asInt());
        var second = api.pages(first.path("next").asLong(), 2).json();
        assertEquals(ids.subList(2, 4), idsOf(second));
        var last = api.pages(second.path("next").asLong(), 2).json();
        assertEquals(ids.subList(4, 5), idsOf(last));
        assertFalse(last.has("next"), "The last page has no next one");
    }

    @Test
    void aPageThatIsKnownToTheClientIsNotSentAgain() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        awaitWholePage("Kettle");
        String tag = api.page(productId).header("ETag");
        Response unchanged = api.page(productId, "If-None-Match", tag).requireStatus(304);
        assertEquals("", unchanged.body());
        assertEquals(tag, unchanged.header("ETag"));

        api.put(productId, Pages.named("Pot")).requireStatus(202);
        awaitWholePage("Pot");
        Response changed = api.page(productId, "If-None-Match", tag).requireStatus(200);
        assertNotEquals(tag, changed.header("ETag"));
    }

    /** RFC 9110, sections 13.1.1 and 13.1.2. */
    @Test
    void ifNoneMatchComparesWeaklyAndIfMatchStrongly() {
        String tag = page().header("ETag");
        api.page(productId, "If-None-Match", "W/" + tag).requireStatus(304);
        api.page(productId, "If-None-Match", "\"another\", " + tag).requireStatus(304);
        api.page(productId, "If-Match", tag).requireStatus(200);
        api.page(productId, "If-Match", "W/" + tag).requireProblem(412);
        api.page(productId, "If-Match", "\"another\"").requireProblem(412);
    }

    /** Each of these characters takes three times the space when it is percent-encoded. */
    @ParameterizedTest
    @ValueSource(strings = {"baggage", "tracestate", "x-request-id", "cookie"})
    void longHeadersDoNotAffectThePage(String header) {
        page();
        String value = header.equals("tracestate")
                ? IntStream.range(0, 30)
                        .mapToObj(i -> "k" + i + "=" + "{".repeat(230))
                        .collect(joining(","))
                : "a=" + "{".repeat(7 * 1024);
        for (int i = 0; i < 10; i++) {
            assertTrue(api.page(productId, header, value).isWhole(), header);
        }
    }

    /** A new page, as served with all its parts. */
    private Response page() {
        api.put(productId, Pages.named("Kettle")).requireStatus(202);
        awaitWholePage("Kettle");
        return api.page(productId);
    }

    private static List<Long> idsOf(JsonNode list) {
        return list.path("products")
                .valueStream()
                .map(product -> product.path("productId").asLong())
                .toList();
    }

    private void awaitWholePage(String name) {
        await().atMost(20, SECONDS).untilAsserted(() -> {
            var page = api.page(productId).requireStatus(200).json();
            assertEquals(name, page.path("name").asText());
            assertEquals(1, page.path("recommendations").size());
            assertEquals(1, page.path("reviews").size());
        });
    }
}
