package trellis.recommendation;

/**
 * Somebody recommends a product.
 *
 * @param recommendationId 1 or greater, unique among those of one product
 * @param author 1 to 100 characters, not blank
 * @param rate how highly, 0 to 100 percent
 * @param content why, 1 to 4000 characters, not blank
 */
record Recommendation(long recommendationId, String author, int rate, String content) {

    static final int LONGEST_AUTHOR = 100;
    static final int LONGEST_CONTENT = 4000;

    Recommendation {
        if (recommendationId < 1) {
            throw new InvalidInput("recommendationId", "Invalid recommendationId: " + recommendationId);
        }
        requireText("author", author, LONGEST_AUTHOR);
        if (rate < 0 || rate > 100) {
            throw new InvalidInput("rate", "A rate is 0 to 100 percent, not " + rate);
        }
        requireText("content", content, LONGEST_CONTENT);
    }

    private static void requireText(String field, String text, int longest) {
        if (text == null || text.isBlank() || text.codePointCount(0, text.length()) > longest) {
            throw new InvalidInput(field, "The " + field + " has 1 to " + longest + " characters");
        }
    }
}
