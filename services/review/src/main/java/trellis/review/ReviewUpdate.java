package trellis.review;

import java.util.List;

/**
 * All reviews of a product from now on.
 *
 * @param productId which product
 * @param position its place in the log of all updates of this product; of two updates the one further on is newer
 * @param reviews at most {@value #MOST}; none if the product is deleted
 */
record ReviewUpdate(long productId, long position, List<Review> reviews) {

    static final int MOST = 1000;

    ReviewUpdate {
        if (reviews.size() > MOST) {
            throw new InvalidInput("reviews", "A product has at most " + MOST + " reviews, not " + reviews.size());
        }
        if (reviews.stream().map(Review::reviewId).distinct().count() < reviews.size()) {
            throw new InvalidInput("reviewId", "A reviewId stands twice");
        }
    }
}
