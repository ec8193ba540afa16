package trellis.review;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

@Entity
@Table(name = "review")
@IdClass(ReviewEntity.Key.class)
class ReviewEntity {

    record Key(long productId, long reviewId) {}

    @Id
    long productId;

    @Id
    long reviewId;

    String author;
    String subject;
    String content;

    ReviewEntity() {}

    ReviewEntity(long productId, Review review) {
        this.productId = productId;
        reviewId = review.reviewId();
        author = review.author();
        subject = review.subject();
        content = review.content();
    }

    Review toReview() {
        return new Review(reviewId, author, subject, content);
    }
}
