package trellis.composite;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import trellis.chassis.http.StrictJson;

/** The part of the product service's API that is used here: pinned/product-v1.yaml. */
@RegisterProvider(Refused.Mapper.class)
@RegisterRestClient(configKey = "product")
@Path("/v1/products")
interface ProductClient {

    @GET
    @Path("/{productId}")
    Uni<Product> product(@PathParam("productId") long productId);

    @GET
    Uni<ProductPage> page(@QueryParam("after") long after, @QueryParam("limit") int limit);

    @ClientObjectMapper
    static ObjectMapper tolerant(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }
}
