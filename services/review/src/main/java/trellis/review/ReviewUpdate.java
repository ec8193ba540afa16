package trellis.review;

import java.util.List;

/**
 * All reviews of a product from now on.
 *
 * @param productId which product
 * @param position its place in the log of all updates of this product; of two updates the one further on is newer
 * @param reviews none if the product is deleted
 */
record ReviewUpdate(long productId, long position, List<Review> reviews) {

    ReviewUpdate {
        if (reviews.stream().map(Review::reviewId).distinct().count() < reviews.size()) {
            throw new InvalidInput("reviewId", "A reviewId stands twice");
        }
    }
}
