package trellis.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The Chromium of this machine, without a window and with a profile of its own. Elements are found by selectors of CSS;
 * whatever is done with one waits until it is there.
 */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    private Browser(List<String> arguments) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium"))
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000")
                .addArguments(arguments);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver"))
                        .build(),
                options);
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
            driver.findElement(By.cssSelector(element)).click();
            return true;
        });
    }

    /** In place of what is in the field. */
    void type(String field, String text) {
        awaited(field, () -> {
            WebElement found = driver.findElement(By.cssSelector(field));
            found.clear();
            found.sendKeys(text);
            return true;
        });
    }

    /** What a user sees of the element. */
    String text(String element) {
        return driver.findElement(By.cssSelector(element)).getText();
    }

    void awaitText(String element, String text) {
        awaited("'%s' in %s".formatted(text, element), () -> text(element).contains(text));
    }

    void awaitShown(String element) {
        awaited(element, () -> driver.findElement(By.cssSelector(element)).isDisplayed());
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void awaited(String what, Supplier<Boolean> done) {
        try {
            await(what).atMost(PATIENCE).ignoreExceptions().until(done::get);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Not there: " + what + ", but at " + driver.getCurrentUrl() + ":\n" + text("body"), e);
        }
    }

    private static File program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no %s on the PATH".formatted(name)));
    }
}
