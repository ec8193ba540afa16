package trellis.product;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

@Path("/v1/products")
@Produces(MediaType.APPLICATION_JSON)
class ProductResource {

    private final ProductCatalog catalog;

    ProductResource(ProductCatalog catalog) {
        this.catalog = catalog;
    }

    @GET
    @Path("/{productId}")
    public Uni<Product> product(@PathParam("productId") Long productId) {
        return catalog.product(productId);
    }

    @GET
    public Uni<ProductPage> page(
            @QueryParam("after") @DefaultValue("0") Long after,
            @QueryParam("limit") @DefaultValue("20") Integer limit) {
        return catalog.page(after, limit);
    }
}
