package trellis.recommendation;

import java.util.List;

/**
 * All recommendations of a product from now on.
 *
 * @param productId which product
 * @param position its place in the log of all updates of this product; of two updates the one further on is newer
 * @param recommendations at most {@value #MOST}; none if the product is deleted
 */
record RecommendationUpdate(long productId, long position, List<Recommendation> recommendations) {

    static final int MOST = 1000;

    RecommendationUpdate {
        if (recommendations.size() > MOST) {
            throw new InvalidInput(
                    "recommendations",
                    "A product has at most " + MOST + " recommendations, not " + recommendations.size());
        }
        if (recommendations.stream()
                        .map(Recommendation::recommendationId)
                        .distinct()
                        .count()
                < recommendations.size()) {
            throw new InvalidInput("recommendationId", "A recommendationId stands twice");
        }
    }
}
