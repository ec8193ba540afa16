package trellis.recommendation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import trellis.chassis.http.InvalidInput;

class RecommendationTest {

    @Test
    void refusesARateThatIsNoPercentage() {
        assertEquals("rate", refused(1, "Alma", -1, "Good").field());
        assertEquals(
                "A rate is 0 to 100 percent, not 101",
                refused(1, "Alma", 101, "Good").getMessage());
        assertEquals(100, new Recommendation(1, "Alma", 100, "Good").rate());
    }

    @Test
    void refusesTextThatIsMissingBlankOrTooLong() {
        for (String text : new String[] {null, "", " ", "x".repeat(Recommendation.LONGEST_CONTENT + 1)}) {
            assertEquals("author", refused(1, text, 1, "Good").field());
            assertEquals("content", refused(1, "Alma", 1, text).field());
        }
    }

    @Test
    void refusesAnIdBelowOne() {
        assertEquals("recommendationId", refused(0, "Alma", 1, "Good").field());
    }

    private static InvalidInput refused(long id, String author, int rate, String content) {
        return assertThrows(InvalidInput.class, () -> new Recommendation(id, author, rate, content));
    }
}
