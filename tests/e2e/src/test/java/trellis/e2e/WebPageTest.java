package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page that a browser shows at {@code /}. */
@Tag("processes")
@ExtendWith(LandscapeResolver.class)
class WebPageTest {

    private static final String SIGN_IN = """
            {"signIn": {"issuer": "https://id.example/realms/trellis", "client": "web"},
             "traces": "https://jaeger.example/trace/{traceId}", "logs": null}""";

    private static Browser browser;

    private final LiveLandscape landscape;
    private final Api api;

    WebPageTest(LiveLandscape landscape) {
        this.landscape = landscape;
        api = new Api(landscape);
    }

    @BeforeAll
    static void openTheBrowser() {
        browser = Browser.atTheDesk();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nobodyElseWasAskedAndNothingWentWrong() {
        assertEquals(
                List.of(),
                browser.requests().stream()
                        .filter(address -> !address.matches("http://(127\\.0\\.0\\.1|localhost):\\d+/.*"))
                        .toList());
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void showsTheProducts() {
        long productId = api.newPage();
        open("#/after/" + (productId - 1));
        browser.awaitText("h1", "Products");
        browser.awaitText(".products", "Kettle\nProduct " + productId + ", 7 g");
        browser.click(".products a");
        browser.awaitText("h1", "Kettle");
        assertEquals("#/products/" + productId, browser.script("return location.hash"));
    }

    @Test
    void showsAWholePageAndHowItWasAnswered() {
        long productId = api.newPage();
        open("#/products/" + productId);
        browser.awaitText("h1", "Kettle");
        assertEquals("Ada rates it 50 %\nGood", browser.text(".recommendations"));
        assertEquals("Fine\nIt does what it should\nBo", browser.text(".reviews"));
        assertFalse(browser.shows(".note"));
        assertTrue(browser.text("#line").startsWith("GET /v1/product-composites/" + productId + ": 200 in "));
        assertTrue(browser.text("#trace").matches("[0-9a-f]{32}"), browser.text("#trace"));
        assertFalse(browser.shows("#traces"));
        assertEquals(
                List.of("product", "product-composite", "recommendation", "review"),
                browser.all(".present .service").stream()
                        .map(WebElement::getText)
                        .sorted()
                        .toList());
    }

    @Test
    void countsTheAnswersOfEachInstanceWhileItIsReloaded() {
        open("#/products/" + api.newPage());
        browser.awaitText("h1", "Kettle");
        browser.click("#reset");
        browser.script("location.reload()");
        browser.awaitText(".present .answers", "1");
        browser.script("location.reload()");
        browser.awaitText(".present .answers", "2");
        browser.click("#again");
        browser.awaitText(".present .answers", "3");
        assertEquals("again", browser.focused().getAttribute("id"));
    }

    @Test
    void saysWhichPartsAreMissing() {
        long productId = api.newPage();
        landscape.stop("review");
        landscape.stop("recommendation");
        open("#/products/" + productId);
        browser.awaitText(".note", "Recommendations and reviews are missing, since their services do not answer.");
        assertEquals("Kettle", browser.text("h1"));
        assertFalse(browser.text("#instances").contains("review;"));
        assertFalse(browser.shows(".change"));
        open("#/products/" + productId + "/change");
        browser.awaitText(".problem", "Parts of this page are missing");
    }

    @Test
    void saysHowOldARememberedProductIsAndThatAnUnknownOneIsNotAvailable() {
        long productId = api.newPage();
        landscape.stop("product");
        open("#/products/" + productId);
        browser.awaitText(".note", "The product service does not answer. The product is shown as it was ");
        assertTrue(browser.text(".note").matches(".* as it was \\d+ (second|minute)s? ago\\."), browser.text(".note"));
        open("#/products/" + Api.newId());
        browser.awaitText(".problem", "The product service is unavailable. Try again in a moment.");
        landscape.start("product");
        await().atMost(120, SECONDS).until(api::works);
        browser.click(".again");
        browser.awaitText("h1", "Not found");
        browser.awaitText(".problem", "No product found for productId: ");
    }

    @Test
    void writesAPageByKeyboardAndSaysWhenItIsSeen() {
        long productId = api.newPage();
        open("#/");
        browser.awaitText("h1", "Products");
        browser.press(Keys.TAB);
        assertEquals("Skip to the content", browser.focused().getText());
        tabTo("Write a page");
        browser.press(Keys.ENTER);
        browser.awaitText("h1", "Write a page");
        tabTo("Number of the product");
        browser.press(Long.toString(productId), Keys.TAB, "A <b>bold</b> & \"quoted\" kettle", Keys.TAB, "1250");
        tabTo("Add a recommendation");
        browser.press(Keys.ENTER);
        assertEquals("Author", browser.focused().getAccessibleName());
        browser.press("Ada", Keys.TAB, "90", Keys.TAB, "<img src=x onerror=alert(1)>");
        tabTo("Write the page");
        browser.press(Keys.ENTER);
        browser.awaitText(".note", "seconds after it was accepted.");
        assertEquals("A <b>bold</b> & \"quoted\" kettle", browser.text("h1"));
        assertTrue(browser.text("main").contains("Product " + productId + ", 1.25 kg"), browser.text("main"));
        assertEquals("Ada rates it 90 %\n<img src=x onerror=alert(1)>", browser.text(".recommendations"));
        assertTrue(browser.all("main img").isEmpty());
        assertEquals(1250, api.page(productId).json().path("weight").asInt());
        assertTrue(api.page(productId).json().path("reviews").isEmpty());
    }

    @Test
    void saysAtTheFieldWhatIsWrong() {
        open("#/new");
        browser.awaitText("h1", "Write a page");
        browser.type("#productId", Long.toString(Api.newId()));
        browser.type("#name", " ");
        browser.type("#weight", "7");
        browser.click("[type=submit]");
        browser.awaitText("form .problem", "name must not be blank");
        assertEquals("name", browser.focused().getAttribute("id"));
        assertEquals("true", browser.focused().getAttribute("aria-invalid"));
    }

    @Test
    void deletesAPageAfterAQuestionAndSaysWhenItIsGone() {
        long productId = api.newPage();
        open("#/products/" + productId);
        browser.awaitText("h1", "Kettle");
        browser.click(".delete");
        browser.awaitText("dialog", "Delete Kettle?");
        browser.press(Keys.ESCAPE);
        await().atMost(10, SECONDS).until(() -> !browser.shows("dialog"));
        api.page(productId).requireStatus(200);
        browser.click(".delete");
        browser.click("dialog [value=yes]");
        browser.awaitText(".note", "seconds it was seen no more");
        api.page(productId).requireStatus(404);
    }

    @Test
    void asksWhoIsNotSignedInToSignIn() {
        try (StandInEdge edge = new StandInEdge(landscape.address())) {
            edge.tell(SIGN_IN);
            edge.refuse(401, Map.of("traceresponse", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), "");
            browser.open(edge.address().toString());
            browser.awaitText(".problem", "Sign in to see the products.");
            assertEquals("Signed out", browser.text("h1"));
            assertTrue(browser.shows("main .sign-in") && browser.shows("#sign-in"));
            assertFalse(browser.shows("#sign-out") || browser.shows("main .again"));
            assertEquals(
                    "https://jaeger.example/trace/0af7651916cd43dd8448eb211c80319c",
                    browser.all("#traces").getFirst().getAttribute("href"));
        }
    }

    @Test
    void saysInASentenceWhatTheEdgeRefuses() {
        try (StandInEdge edge = new StandInEdge(landscape.address())) {
            edge.refuse(
                    403,
                    Map.of("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"product:read\""),
                    "{}");
            browser.open(edge.address().toString());
            browser.awaitText(".problem", "your token lacks the scope product:read.");
            edge.refuse(429, Map.of("Retry-After", "7"), "{\"title\": \"Too Many Requests\"}");
            browser.click("main .again");
            browser.awaitText(".problem", "Try again in 7 seconds.");
            edge.refuse(503, Map.of("Content-Type", "text/html"), "<h1>upstream connect error</h1>");
            browser.click("main .again");
            browser.awaitText(".problem", "The landscape is not available. Try again in a moment.");
            edge.close();
            browser.click("main .again");
            browser.awaitText(".problem", "The landscape does not answer.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void fitsAPhoneAndCanBeReadAndSpoken(String scheme) {
        long productId = api.newPage();
        browser.prefer(scheme);
        browser.resize(320, 640);
        try {
            for (String view : List.of("#/", "#/new", "#/products/" + productId, "#/products/" + Api.newId())) {
                open(view);
                await(view)
                        .atMost(30, SECONDS)
                        .until(() -> browser.shows("aside, form") && !browser.shows("[aria-busy]"));
                browser.all("form .add").forEach(WebElement::click);
                assertEquals(320L, browser.script("return document.documentElement.scrollWidth"), view);
                assertEquals(1, browser.all("h1").size(), view);
                assertEquals(List.of("header", "main"), landmarks(), view);
                assertEquals(List.of(), withoutName(), view);
                assertEquals(List.of(), browser.script(Contrast.SCRIPT), view);
            }
        } finally {
            browser.resize(1280, 800);
            browser.prefer("light");
        }
    }

    private void open(String view) {
        browser.open("about:blank"); // a change behind the # alone does not load the page again
        browser.open(landscape.address().resolve("/" + view).toString());
    }

    /** Presses the key as often as a user would have to. */
    private static void tabTo(String name) {
        for (int i = 0; i < 30 && !browser.focused().getAccessibleName().equals(name); i++) {
            browser.press(Keys.TAB);
            assertFalse(
                    "none".equals(browser.script("return getComputedStyle(document.activeElement).outlineStyle")),
                    "The focus can't be seen on " + browser.focused().getAccessibleName());
        }
        assertEquals(name, browser.focused().getAccessibleName());
    }

    private static List<String> landmarks() {
        return browser.all("body > header, body > main").stream()
                .map(WebElement::getTagName)
                .toList();
    }

    private static List<String> withoutName() {
        return browser.all("a, button, input, textarea, table, dialog[open]").stream()
                .filter(WebElement::isDisplayed)
                .filter(control -> control.getAccessibleName().isBlank())
                .map(control -> control.getAttribute("outerHTML"))
                .toList();
    }
}
