package trellis.recommendation;

import trellis.chassis.http.InvalidInput;
import trellis.chassis.http.Rules;

/**
 * @param recommendationId 1 or greater, unique among the recommendations of one product
 * @param author 1 to 100 characters, not blank
 * @param rate 0 to 100 percent
 * @param content 1 to 4000 characters, not blank
 */
record Recommendation(long recommendationId, String author, int rate, String content) {

    static final int LONGEST_AUTHOR = 100;
    static final int LONGEST_CONTENT = 4000;

    Recommendation {
        Rules.requireId("recommendationId", recommendationId);
        Rules.requireText("author", author, LONGEST_AUTHOR);
        if (rate < 0 || rate > 100) {
            throw new InvalidInput("rate", "A rate is 0 to 100 percent, not " + rate);
        }
        Rules.requireText("content", content, LONGEST_CONTENT);
    }
}
