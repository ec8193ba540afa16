package trellis.review;

import trellis.chassis.http.Rules;

/**
 * @param reviewId 1 or greater, unique among the reviews of one product
 * @param author 1 to 100 characters, not blank
 * @param subject 1 to 200 characters, not blank
 * @param content 1 to 4000 characters, not blank
 */
record Review(long reviewId, String author, String subject, String content) {

    static final int LONGEST_AUTHOR = 100;
    static final int LONGEST_SUBJECT = 200;
    static final int LONGEST_CONTENT = 4000;

    Review {
        Rules.requireId("reviewId", reviewId);
        Rules.requireText("author", author, LONGEST_AUTHOR);
        Rules.requireText("subject", subject, LONGEST_SUBJECT);
        Rules.requireText("content", content, LONGEST_CONTENT);
    }
}
