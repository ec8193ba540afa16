package trellis.local.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final Answer WHOLE = answer(200, "{\"missing\": []}");
    private static final Answer PARTIAL = answer(200, "{\"missing\": [\"reviews\"]}");
    private static final Answer REMEMBERED = answer(200, "{\"missing\": [], \"remembered\": {}}");
    private static final Answer UNAVAILABLE = answer(503, "upstream connect error");

    @Test
    void isAWholePageIfNothingIsMissingOrAsLastSeen() {
        assertTrue(WHOLE.isWhole());
        assertFalse(PARTIAL.isWhole());
        assertFalse(REMEMBERED.isWhole());
        assertFalse(UNAVAILABLE.isWhole());
    }

    @Test
    void namesWhatIsMissing() {
        assertEquals(List.of("reviews"), PARTIAL.missing());
        assertEquals(List.of(), UNAVAILABLE.missing());
    }

    @Test
    void isCountedAmongReadsWithAnExampleOfWhatFailed() {
        assertEquals("2 reads meanwhile, none failed", Reads.summary(List.of(WHOLE, WHOLE)));
        assertEquals(
                "3 reads meanwhile, none failed, 2 with a part missing or as last seen",
                Reads.summary(List.of(WHOLE, PARTIAL, REMEMBERED)));
        assertEquals(
                "2 reads meanwhile, 1 failed, such as: 503 upstream connect error",
                Reads.summary(List.of(WHOLE, UNAVAILABLE)));
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, body, "", "", Duration.ZERO);
    }
}
