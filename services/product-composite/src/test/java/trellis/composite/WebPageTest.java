package trellis.composite;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealBroker
class WebPageTest {

    private static final String OF_A_BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    @TestHTTPResource
    URI address;

    @Test
    void isHtmlForABrowser() {
        get("/", OF_A_BROWSER)
                .statusCode(200)
                .contentType("text/html; charset=utf-8")
                .header("Vary", "Accept")
                .body(startsWith("<!doctype html>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/plain", "text/*", "text/plain, text/html;q=0.5"})
    void isCommandsForOthers(String accepted) {
        String origin = address.resolve("/").toString();
        get("/", accepted)
                .statusCode(200)
                .contentType("text/plain; charset=utf-8")
                .header("Vary", "Accept")
                .body(allOf(
                        containsString("curl -i " + origin + "v1/product-composites/1\n"),
                        containsString("curl -i -X DELETE " + origin + "v1/product-composites/42\n"),
                        not(containsString("TOKEN"))));
    }

    @Test
    void namesTheSchemeThatTheGatewayWasCalledBy() {
        given().header("X-Forwarded-Proto", "https").get("/").then().body(containsString("https://localhost:"));
        given().header("X-Forwarded-Proto", "x; rm").get("/").then().body(containsString(" http://localhost:"));
    }

    @Test
    void saysThatNobodyHasToSignIn() {
        get("/page.json", "*/*")
                .statusCode(200)
                .contentType("application/json")
                .body("signIn", nullValue())
                .body("traces", nullValue())
                .body("logs", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/page.json,application/json",
        "/page.css,text/css",
        "/page.js,text/javascript",
        "/api.js,text/javascript",
        "/sign-in.js,text/javascript",
        "/icon.svg,image/svg+xml"
    })
    void isAskedForAgainOnlyIfItHasChangedAndDoesNothingElse(String path, String type) {
        String tag = get(path, OF_A_BROWSER)
                .statusCode(200)
                .contentType(startsWith(type))
                .header("Cache-Control", "no-cache")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .extract()
                .header("ETag");
        given().accept(OF_A_BROWSER)
                .header("If-None-Match", tag)
                .get(path)
                .then()
                .statusCode(304);
        given().accept(OF_A_BROWSER).head(path).then().statusCode(200).body(equalTo(""));
        given().post(path)
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .header("Allow", "GET");
    }

    @Test
    void isNoMoreThanThat() {
        for (String path : List.of("/index.html", "/page/page.js", "/page.css/x", "/page.js.map")) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
        get("/", "text/csv").statusCode(406).contentType("application/problem+json");
    }

    @Test
    void hasOneLabelForEachFileInTheMetrics() {
        given().get("/page.css");
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        given().port(port)
                .get("/q/metrics")
                .then()
                .body(containsString("method=\"GET\",outcome=\"SUCCESS\",status=\"200\",uri=\"/page.css\""));
    }

    private static ValidatableResponse get(String path, String accepted) {
        return given().accept(accepted).get(path).then();
    }
}
