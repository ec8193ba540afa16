package trellis.review;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.log.Store;

@ApplicationScoped
class ReviewRepository implements PanacheRepositoryBase<ReviewEntity, ReviewEntity.Key> {

    /** In the order of their ids. */
    Uni<List<Review>> reviews(long productId) {
        return Store.read(() -> list("productId = ?1 order by reviewId", productId))
                .map(found -> found.stream().map(ReviewEntity::toReview).toList());
    }

    /** In the current transaction. */
    Uni<Void> replace(long productId, List<Review> reviews) {
        return delete("productId", productId)
                .chain(() -> getSession())
                .chain(session -> session.persistAll(reviews.stream()
                        .map(review -> new ReviewEntity(productId, review))
                        .toArray()));
    }
}
