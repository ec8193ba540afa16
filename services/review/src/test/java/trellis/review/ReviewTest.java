package trellis.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import trellis.chassis.http.InvalidInput;

class ReviewTest {

    @Test
    void refusesTextThatIsMissingBlankOrTooLong() {
        for (String text : new String[] {null, "", " ", "x".repeat(Review.LONGEST_CONTENT + 1)}) {
            assertEquals("author", refused(1, text, "Summer", "Good").field());
            assertEquals("subject", refused(1, "Alma", text, "Good").field());
            assertEquals("content", refused(1, "Alma", "Summer", text).field());
        }
    }

    @Test
    void refusesAnIdBelowOne() {
        assertEquals("reviewId", refused(0, "Alma", "Summer", "Good").field());
    }

    private static InvalidInput refused(long id, String author, String subject, String content) {
        return assertThrows(InvalidInput.class, () -> new Review(id, author, subject, content));
    }
}
