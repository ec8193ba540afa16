package trellis.recommendation;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("/v1/recommendations")
@Produces(MediaType.APPLICATION_JSON)
class RecommendationResource {

    /** All recommendations of one product: there are at most a thousand, so there is no paging. */
    record RecommendationList(List<Recommendation> recommendations) {}

    private final Recommendations recommendations;

    RecommendationResource(Recommendations recommendations) {
        this.recommendations = recommendations;
    }

    @GET
    public Uni<RecommendationList> of(@QueryParam("productId") Long productId) {
        if (productId == null) {
            throw new BadRequestException("The parameter productId is missing");
        }
        return recommendations.of(productId).map(RecommendationList::new);
    }
}
