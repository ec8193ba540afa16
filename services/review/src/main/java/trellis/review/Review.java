package trellis.review;

/**
 * Somebody wrote about a product.
 *
 * @param reviewId 1 or greater, unique among those of one product
 * @param author 1 to 100 characters, not blank
 * @param subject 1 to 200 characters, not blank
 * @param content 1 to 4000 characters, not blank
 */
record Review(long reviewId, String author, String subject, String content) {

    static final int LONGEST_AUTHOR = 100;
    static final int LONGEST_SUBJECT = 200;
    static final int LONGEST_CONTENT = 4000;

    Review {
        if (reviewId < 1) {
            throw new InvalidInput("reviewId", "Invalid reviewId: " + reviewId);
        }
        requireText("author", author, LONGEST_AUTHOR);
        requireText("subject", subject, LONGEST_SUBJECT);
        requireText("content", content, LONGEST_CONTENT);
    }

    private static void requireText(String field, String text, int longest) {
        if (text == null || text.isBlank() || text.codePointCount(0, text.length()) > longest) {
            throw new InvalidInput(field, "The " + field + " has 1 to " + longest + " characters");
        }
    }
}
