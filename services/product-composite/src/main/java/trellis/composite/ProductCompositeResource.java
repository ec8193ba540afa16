package trellis.composite;

import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Duration;
import java.time.Instant;
import trellis.chassis.http.EntityTags;

@Path("/v1/product-composites")
@Produces(MediaType.APPLICATION_JSON)
class ProductCompositeResource {

    private final ProductComposites composites;
    private final EntityTags tags;

    ProductCompositeResource(ProductComposites composites, EntityTags tags) {
        this.composites = composites;
        this.tags = tags;
    }

    @GET
    @Path("/{productId}")
    public Uni<Response> composite(@PathParam("productId") Long productId, @Context HttpHeaders headers) {
        return composites.composite(productId).map(page -> response(page, headers));
    }

    @GET
    public Uni<ProductPage> products(
            @QueryParam("after") @DefaultValue("0") Long after,
            @QueryParam("limit") @DefaultValue("20") Integer limit) {
        return composites.products(after, limit);
    }

    @PUT
    @Path("/{productId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> replace(@PathParam("productId") Long productId, @Valid PageContent content) {
        return composites.replace(productId, content).replaceWith(() -> accepted(productId));
    }

    @DELETE
    @Path("/{productId}")
    public Uni<Response> delete(@PathParam("productId") Long productId) {
        return composites.delete(productId).replaceWith(() -> accepted(productId));
    }

    private static Response accepted(long productId) {
        return Response.accepted()
                .header(HttpHeaders.LOCATION, "/v1/product-composites/" + productId)
                .build();
    }

    private Response response(ProductComposite page, HttpHeaders headers) {
        ResponseBuilder response = tags.answer(page, headers);
        if (page.remembered() != null) {
            Duration age = Duration.between(page.remembered().asOf(), Instant.now());
            response.header("Age", age.toSeconds());
        }
        return response.build();
    }
}
