package trellis.recommendation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

@Entity
@Table(name = "recommendation")
@IdClass(RecommendationEntity.Key.class)
class RecommendationEntity {

    record Key(long productId, long recommendationId) {}

    @Id
    long productId;

    @Id
    long recommendationId;

    String author;
    int rate;
    String content;

    RecommendationEntity() {}

    RecommendationEntity(long productId, Recommendation recommendation) {
        this.productId = productId;
        recommendationId = recommendation.recommendationId();
        author = recommendation.author();
        rate = recommendation.rate();
        content = recommendation.content();
    }

    Recommendation toRecommendation() {
        return new Recommendation(recommendationId, author, rate, content);
    }
}
