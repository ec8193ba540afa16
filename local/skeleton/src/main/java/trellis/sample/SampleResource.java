package trellis.sample;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/v1/samples")
@Produces(MediaType.APPLICATION_JSON)
class SampleResource {

    private final Samples samples;

    SampleResource(Samples samples) {
        this.samples = samples;
    }

    @GET
    @Path("/{productId}")
    public Uni<Sample> of(@PathParam("productId") Long productId) {
        return samples.of(productId);
    }
}
