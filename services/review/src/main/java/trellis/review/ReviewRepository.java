package trellis.review;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reviews in PostgreSQL. */
@ApplicationScoped
class ReviewRepository implements PanacheRepositoryBase<ReviewEntity, ReviewEntity.Key> {

    /** In the order of their ids. */
    Uni<List<Review>> reviews(long productId) {
        return reachable(Panache.withSession(() -> list("productId = ?1 order by reviewId", productId)
                .map(found -> found.stream().map(ReviewEntity::toReview).toList())));
    }

    /** Replaces all of a product's in one transaction with the position reached; false if the update is not newer. */
    Uni<Boolean> apply(ReviewUpdate update) {
        return reachable(Panache.withTransaction(
                () -> Panache.getSession().chain(session -> session.find(AppliedUpdate.class, update.productId())
                        .onItem()
                        .ifNull()
                        .switchTo(() -> Uni.createFrom().item(new AppliedUpdate(update.productId())))
                        .chain(last -> last.position >= update.position()
                                ? Uni.createFrom().item(false)
                                : replace(session, last, update).replaceWith(true)))));
    }

    private Uni<Void> replace(Mutiny.Session session, AppliedUpdate last, ReviewUpdate update) {
        last.position = update.position();
        Uni<Void> reached = session.contains(last) ? Uni.createFrom().voidItem() : session.persist(last);
        List<ReviewEntity> after = update.reviews().stream()
                .map(review -> new ReviewEntity(update.productId(), review))
                .toList();
        Set<Long> kept = update.reviews().stream().map(Review::reviewId).collect(Collectors.toSet());
        return reached.chain(() -> list("productId", update.productId()))
                .chain(before -> session.removeAll(before.stream()
                        .filter(entity -> !kept.contains(entity.reviewId))
                        .toArray()))
                .chain(() -> session.mergeAll(after.toArray()));
    }

    private static <T> Uni<T> reachable(Uni<T> work) {
        return work.onFailure(StoreUnavailable::isCauseOf).transform(StoreUnavailable::new);
    }
}
