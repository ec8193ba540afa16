package trellis.composite;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** The page for a browser, and what it consists of. Not part of the API: it changes with the page. */
@Path("/")
class WebPageResource {

    private static final String STYLES = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final WebPage page;

    WebPageResource(WebPage page) {
        this.page = page;
    }

    /** The page for a browser, which names HTML among what it accepts; commands for others, such as curl. */
    @GET
    @Produces({MediaType.TEXT_PLAIN + "; charset=utf-8", MediaType.TEXT_HTML + "; charset=utf-8"})
    public Uni<Response> index(@HeaderParam("X-Forwarded-Proto") String scheme, @Context HttpHeaders headers) {
        boolean browser = headers.getAcceptableMediaTypes().stream()
                .filter(each ->
                        each.isCompatible(MediaType.TEXT_PLAIN_TYPE) || each.isCompatible(MediaType.TEXT_HTML_TYPE))
                .findFirst()
                .filter(best -> best.getSubtype().equals("html"))
                .isPresent();
        ResponseBuilder answer = browser
                ? page.file("index.html", headers).type(MediaType.TEXT_HTML + "; charset=utf-8")
                : page.commands("https".equals(scheme) ? "https" : "http", headers)
                        .type(MediaType.TEXT_PLAIN + "; charset=utf-8");
        return done(answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT));
    }

    @GET
    @Path("/page.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> settings(@Context HttpHeaders headers) {
        return done(page.settings(headers));
    }

    @GET
    @Path("/page.css")
    @Produces(STYLES)
    public Uni<Response> styles(@Context HttpHeaders headers) {
        return done(page.file("page.css", headers));
    }

    @GET
    @Path("/page.js")
    @Produces(SCRIPT)
    public Uni<Response> script(@Context HttpHeaders headers) {
        return done(page.file("page.js", headers));
    }

    @GET
    @Path("/api.js")
    @Produces(SCRIPT)
    public Uni<Response> api(@Context HttpHeaders headers) {
        return done(page.file("api.js", headers));
    }

    @GET
    @Path("/sign-in.js")
    @Produces(SCRIPT)
    public Uni<Response> signIn(@Context HttpHeaders headers) {
        return done(page.file("sign-in.js", headers));
    }

    @GET
    @Path("/icon.svg")
    @Produces("image/svg+xml")
    public Uni<Response> icon(@Context HttpHeaders headers) {
        return done(page.file("icon.svg", headers));
    }

    private static Uni<Response> done(ResponseBuilder answer) {
        return Uni.createFrom().item(answer.build());
    }
}
