package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import trellis.local.Services;

/** The page for people, in a browser that opens it at the edge and signs in at the demonstration's Keycloak. */
@ClusterTest
class SignedInPageTest {
    private static final String COMPOSITE = "product-composite";

    private final ClusterLandscape landscape;
    private final Browser browser;

    SignedInPageTest(ClusterLandscape landscape) {
        this.landscape = landscape;
        browser = Browser.at(landscape);
    }

    @AfterEach
    void closeTheBrowser() {
        browser.close();
    }

    @Test
    void aUserSeesAProductAndWhichInstancesAnsweredAndNothingAfterSigningOut() {
        long there = new Api(landscape).newPage();
        browser.open(landscape.address() + "/#/products/" + there);
        browser.awaitText("main", "Sign in to see the products.");
        signInAs("demo");
        browser.awaitText("h1", "Kettle");
        browser.awaitText("#user", "demo");
        assertTrue(browser.text("#trace").matches("[0-9a-f]{32}"), browser.text("#request"));
        for (String service : Services.ALL) {
            assertTrue(
                    landscape.cluster().ready(service).stream()
                            .map((Pod pod) -> service + " " + Cluster.nameOf(pod) + " ")
                            .anyMatch(browser.text("#instances")::contains),
                    () -> "No instance of " + service + " in " + browser.text("#instances"));
        }
        browser.click("#sign-out");
        browser.awaitText("main", "Sign in to see the products.");
        browser.click("#sign-in");
        browser.awaitShown("#password"); // the session at the issuer has ended too
    }

    @Test
    void aUserWritesAPageAndIsToldWhenItIsSeen() {
        String productId = Long.toString(Api.newId());
        browser.open(landscape.address() + "/#/new");
        browser.click("#sign-in");
        signInAtTheIssuer("demo");
        write(productId);
        browser.awaitText("main", "The page is seen as it was written");
        browser.click(".delete");
        browser.click("#confirm [value=yes]");
        browser.awaitText("main", "It is gone");
    }

    @Test
    void aUserWhoMayOnlyReadIsToldWhatTheTokenLacks() {
        browser.open(landscape.address() + "/");
        signInAs("guest");
        browser.awaitText("h1", "Products");
        browser.open(landscape.address() + "/#/new");
        write(Long.toString(Api.newId()));
        browser.awaitText("form .problem", "not allowed to do this: your token lacks the scope product:write");
    }

    @Test
    void aLandscapeThatIsAwayIsASentenceUntilItIsBack() {
        browser.open(landscape.address() + "/");
        signInAs("demo");
        browser.awaitText("h1", "Products");
        landscape.stop(COMPOSITE);
        browser.click("#again");
        browser.awaitText("h1", "Not available");
        browser.awaitText("main", "Try again in a moment.");
        landscape.start(COMPOSITE);
        landscape.cluster().awaitRolledOut(COMPOSITE);
        await("the products").atMost(60, SECONDS).until(() -> {
            browser.click("#again");
            return browser.text("h1").equals("Products");
        });
    }

    @Test
    void theEdgeSaysWhichInstancesAnsweredWhateverTheCallerSays() {
        Api api = new Api(landscape);
        String said = api.page(api.newPage(), "served-by", "product;forged;1").header("served-by");
        assertTrue(said.startsWith(COMPOSITE + ";"), said);
        assertFalse(said.contains("forged"), said);
        Api anybody = new Api(landscape::address, Optional::empty);
        assertEquals("", anybody.page(1).requireProblemOfTheGateway(401).header("served-by"));
    }

    private void write(String productId) {
        browser.type("#productId", productId);
        browser.type("#name", "Kettle");
        browser.type("#weight", "1200");
        browser.click("main [type=submit]");
    }

    private void signInAs(String user) {
        browser.click("main .sign-in");
        signInAtTheIssuer(user);
    }

    private void signInAtTheIssuer(String user) {
        browser.type("#username", user);
        browser.type("#password", new Keycloak(landscape).secretOf(user));
        browser.click("#kc-login");
        browser.awaitShown("#sign-out");
    }
}
