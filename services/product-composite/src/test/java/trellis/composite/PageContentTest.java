package trellis.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import trellis.chassis.http.UnreadableInput;

class PageContentTest {

    @Test
    void hasNoRecommendationsAndReviewsWhereNoneAreNamed() {
        PageContent content = new PageContent("Trellis", 1, null, null);
        assertEquals(List.of(), content.recommendations());
        assertEquals(List.of(), content.reviews());
    }

    @Test
    void refusesTwoRecommendationsWithOneId() {
        Recommendation twice = new Recommendation(3L, "Alma", 90, "Good");
        UnreadableInput refusal =
                assertThrows(UnreadableInput.class, () -> new PageContent("Trellis", 1, List.of(twice, twice), null));
        assertEquals("Duplicate recommendationId: 3", refusal.getMessage());
    }

    @Test
    void refusesTwoReviewsWithOneId() {
        Review twice = new Review(3L, "Bela", "Summer", "Stands");
        assertThrows(UnreadableInput.class, () -> new PageContent("Trellis", 1, null, List.of(twice, twice)));
    }
}
