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

/** The part of the recommendation service's API that is used here: pinned/recommendation-v1.yaml. */
@RegisterProvider(Refused.Mapper.class)
@RegisterRestClient(configKey = "recommendation")
@Path("/v1/recommendations")
interface RecommendationClient {

    record RecommendationList(List<Recommendation> recommendations) {}

    @GET
    Uni<RecommendationList> recommendations(@QueryParam("productId") long productId);

    @ClientObjectMapper
    static ObjectMapper tolerant(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }
}
