package trellis.recommendation;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.log.Store;

@ApplicationScoped
class RecommendationRepository implements PanacheRepositoryBase<RecommendationEntity, RecommendationEntity.Key> {

    /** Those with at least this rate, in the order of their ids. */
    Uni<List<Recommendation>> recommendations(long productId, int minimumRate) {
        return Store.read(() -> list("productId = ?1 and rate >= ?2 order by recommendationId", productId, minimumRate))
                .map(found -> found.stream()
                        .map(RecommendationEntity::toRecommendation)
                        .toList());
    }

    /** In the current transaction. */
    Uni<Void> replace(long productId, List<Recommendation> recommendations) {
        return delete("productId", productId)
                .chain(() -> getSession())
                .chain(session -> session.persistAll(recommendations.stream()
                        .map(recommendation -> new RecommendationEntity(productId, recommendation))
                        .toArray()));
    }
}
