package trellis.review;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
class ReviewResource {

    /** All reviews of one product: there are at most a thousand, so there is no paging. */
    record ReviewList(List<Review> reviews) {}

    private final Reviews reviews;

    ReviewResource(Reviews reviews) {
        this.reviews = reviews;
    }

    @GET
    public Uni<ReviewList> of(@QueryParam("productId") Long productId) {
        if (productId == null) {
            throw new BadRequestException("The parameter productId is missing");
        }
        return reviews.of(productId).map(ReviewList::new);
    }
}
