package trellis.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * The Chromium of this machine, without a window and with a profile of its own. Elements are found by selectors of CSS;
 * whatever is done with one waits until it is there, and is done again if the page replaces it meanwhile.
 */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Chromium reports each answer of 400 and above, which a page may expect. */
    private static final String FAILED_REQUEST = "Failed to load resource";

    private final ChromeDriver driver;
    private final List<String> requests = new ArrayList<>();

    private Browser(List<String> arguments) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium"))
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000")
                .addArguments(arguments);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver"))
                        .build(),
                options);
    }

    /** One for addresses of this machine. */
    static Browser atTheDesk() {
        return new Browser(List.of());
    }

    /** One that finds the landscape by its host name, and trusts its certificate, as this JVM does. */
    static Browser at(LiveLandscape landscape) {
        URI address = landscape.address();
        List<String> arguments = new ArrayList<>();
        if (address.getScheme().equals("https")) {
            arguments.add("--host-resolver-rules=MAP %s %s".formatted(address.getHost(), Hosts.of(address.getHost())));
            arguments.add("--ignore-certificate-errors-spki-list=" + String.join(",", Trust.publicKeys()));
        }
        return new Browser(arguments);
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String address) {
        driver.get(address);
    }

    void click(String element) {
        awaited(element, () -> {
            one(element).click();
            return true;
        });
    }

    /** In place of what is in the field. */
    void type(String field, String text) {
        awaited(field, () -> {
            WebElement found = one(field);
            found.clear();
            found.sendKeys(text);
            return true;
        });
    }

    /** What a user sees of the element. */
    String text(String element) {
        return awaited(element, () -> one(element).getText(), any -> true);
    }

    void awaitText(String element, String text) {
        awaited(
                "'%s' in %s".formatted(text, element),
                () -> one(element).getText().contains(text));
    }

    void awaitShown(String element) {
        awaited(element, () -> one(element).isDisplayed());
    }

    boolean shows(String element) {
        return awaited(element, () -> all(element).stream().anyMatch(WebElement::isDisplayed), any -> true);
    }

    List<WebElement> all(String elements) {
        return driver.findElements(By.cssSelector(elements));
    }

    /** Presses keys wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The content of the window, in CSS pixels. */
    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** @param scheme light or dark, as the user prefers it */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Writes a picture of the whole page, as a PNG. */
    void screenshot(Path file) {
        Map<String, Object> picture =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        try {
            Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The addresses of all requests over the network since the browser was opened. */
    List<String> requests() {
        driver.manage().logs().get("performance").getAll().stream()
                .map(entry -> json(entry.getMessage()).path("message"))
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message ->
                        message.path("params").path("request").path("url").asText())
                .filter(address -> address.startsWith("http"))
                .forEach(requests::add);
        return List.copyOf(requests);
    }

    /** Since the last call: what pages wrote to the console, errors of their scripts, violations of their policy. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .filter(message -> !message.contains(FAILED_REQUEST))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private WebElement one(String element) {
        return driver.findElement(By.cssSelector(element));
    }

    private void awaited(String what, Callable<Boolean> done) {
        awaited(what, done, Boolean.TRUE::equals);
    }

    private <T> T awaited(String what, Callable<T> got, Predicate<T> enough) {
        try {
            return await(what).atMost(PATIENCE).ignoreExceptions().until(got, enough);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Not there: %s, but at %s:%n%s"
                            .formatted(what, driver.getCurrentUrl(), one("body").getText()),
                    e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without it the test is left out, and says so. */
    private static File program(String name) {
        File found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst()
                .orElse(null);
        if (found == null) {
            System.err.printf("LEFT OUT: nothing was opened in a browser, since %s is not on the PATH%n", name);
            abort(name + " is not on the PATH");
        }
        return found;
    }
}
