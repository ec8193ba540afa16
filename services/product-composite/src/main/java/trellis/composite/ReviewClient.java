package trellis.composite;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import trellis.chassis.http.StrictJson;

/** The part of the review service's API that is used here: pinned/review-v1.yaml. */
@RegisterProvider(Refused.Mapper.class)
@RegisterRestClient(configKey = "review")
@Path("/v1/reviews")
interface ReviewClient {

    record ReviewList(List<Review> reviews) {}

    @GET
    Uni<ReviewList> reviews(@QueryParam("productId") long productId);

    @ClientObjectMapper
    static ObjectMapper tolerant(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }
}
