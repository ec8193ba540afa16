package trellis.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import trellis.chassis.http.InvalidInput;

class PageContentTest {

    @Test
    void hasEmptyListsIfNoneAreGiven() {
        PageContent content = new PageContent("Trellis", 1, null, null);
        assertEquals(List.of(), content.recommendations());
        assertEquals(List.of(), content.reviews());
    }

    @Test
    void refusesTwoRecommendationsWithOneId() {
        Recommendation twice = new Recommendation(3L, "Alma", 90, "Good");
        InvalidInput refusal = assertThrows(
                InvalidInput.class, new PageContent("Trellis", 1, List.of(twice, twice), null)::requireDistinctIds);
        assertEquals("Duplicate recommendationId: 3", refusal.getMessage());
    }

    @Test
    void refusesTwoReviewsWithOneId() {
        Review twice = new Review(3L, "Bela", "Summer", "Stands");
        PageContent content = new PageContent("Trellis", 1, null, List.of(twice, twice));
        assertThrows(InvalidInput.class, content::requireDistinctIds);
    }
}
