package trellis.recommendation;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import trellis.chassis.log.Store;

/** Recommendations in PostgreSQL. */
@ApplicationScoped
class RecommendationRepository implements PanacheRepositoryBase<RecommendationEntity, RecommendationEntity.Key> {

    /** Those rated at least as highly as given, in the order of their ids. */
    Uni<List<Recommendation>> recommendations(long productId, int minimumRate) {
        return Store.read(() -> list("productId = ?1 and rate >= ?2 order by recommendationId", productId, minimumRate))
                .map(found -> found.stream()
                        .map(RecommendationEntity::toRecommendation)
                        .toList());
    }

    /** In the transaction at hand. */
    Uni<Void> replace(long productId, List<Recommendation> recommendations) {
        return delete("productId", productId)
                .chain(() -> getSession())
                .chain(session -> session.persistAll(recommendations.stream()
                        .map(recommendation -> new RecommendationEntity(productId, recommendation))
                        .toArray()));
    }
}
