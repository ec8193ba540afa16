package trellis.recommendation;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** Recommendations in PostgreSQL. */
@ApplicationScoped
class RecommendationRepository implements PanacheRepositoryBase<RecommendationEntity, RecommendationEntity.Key> {

    /** Those rated at least as highly as given, in the order of their ids. */
    Uni<List<Recommendation>> recommendations(long productId, int minimumRate) {
        return reachable(Panache.withSession(
                () -> list("productId = ?1 and rate >= ?2 order by recommendationId", productId, minimumRate)
                        .map(found -> found.stream()
                                .map(RecommendationEntity::toRecommendation)
                                .toList())));
    }

    /** Replaces all of a product's in one transaction with the position reached; false if the update is not newer. */
    Uni<Boolean> apply(RecommendationUpdate update) {
        return reachable(Panache.withTransaction(
                () -> Panache.getSession().chain(session -> session.find(AppliedUpdate.class, update.productId())
                        .onItem()
                        .ifNull()
                        .switchTo(() -> Uni.createFrom().item(new AppliedUpdate(update.productId())))
                        .chain(last -> last.position >= update.position()
                                ? Uni.createFrom().item(false)
                                : replace(session, last, update).replaceWith(true)))));
    }

    private Uni<Void> replace(Mutiny.Session session, AppliedUpdate last, RecommendationUpdate update) {
        last.position = update.position();
        Uni<Void> reached = session.contains(last) ? Uni.createFrom().voidItem() : session.persist(last);
        List<RecommendationEntity> after = update.recommendations().stream()
                .map(recommendation -> new RecommendationEntity(update.productId(), recommendation))
                .toList();
        Set<Long> kept = update.recommendations().stream()
                .map(Recommendation::recommendationId)
                .collect(Collectors.toSet());
        return reached.chain(() -> list("productId", update.productId()))
                .chain(before -> session.removeAll(before.stream()
                        .filter(entity -> !kept.contains(entity.recommendationId))
                        .toArray()))
                .chain(() -> session.mergeAll(after.toArray()));
    }

    private static <T> Uni<T> reachable(Uni<T> work) {
        return work.onFailure(StoreUnavailable::isCauseOf).transform(StoreUnavailable::new);
    }
}
