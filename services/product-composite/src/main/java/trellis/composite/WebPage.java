package trellis.composite;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import trellis.chassis.http.EntityTags;

/** The files of the page, with the headers that keep a browser from doing anything but what the page needs. */
@ApplicationScoped
class WebPage {

    private static final String FOLDER = "/page/";

    private final WebPageSettings settings;
    private final EntityTags tags;
    private final boolean enabled;
    private final String policy;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    WebPage(WebPageConfig config, EntityTags tags) {
        this.tags = tags;
        enabled = config.enabled();
        settings = WebPageSettings.of(config);
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
                + config.signIn().issuer().map(issuer -> " " + origin(issuer)).orElse("")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
    }

    /** Throws {@link NotFoundException} if there is no page. */
    ResponseBuilder file(String name, HttpHeaders request) {
        requirePage();
        return guarded(tags.answer(files.computeIfAbsent(name, WebPage::read), request));
    }

    /** Throws {@link NotFoundException} if there is no page. */
    ResponseBuilder settings(HttpHeaders request) {
        requirePage();
        return guarded(tags.answer(settings, request));
    }

    /** Throws {@link NotFoundException} if there is no page. */
    ResponseBuilder commands(String scheme, HttpHeaders request) {
        requirePage();
        String text = NextCommands.of(scheme, request.getHeaderString(HttpHeaders.HOST), settings);
        return guarded(Response.ok(text).header(HttpHeaders.CACHE_CONTROL, "no-store"));
    }

    private void requirePage() {
        if (!enabled) {
            throw new NotFoundException();
        }
    }

    private ResponseBuilder guarded(ResponseBuilder answer) {
        return answer.header("Content-Security-Policy", policy)
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer") // the address holds a code during a sign-in
                .header("X-Content-Type-Options", "nosniff");
    }

    private static byte[] read(String name) {
        try (InputStream file = WebPage.class.getResourceAsStream(FOLDER + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String origin(String issuer) {
        URI address = URI.create(issuer);
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
