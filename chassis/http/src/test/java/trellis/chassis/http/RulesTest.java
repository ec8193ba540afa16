package trellis.chassis.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u2003", "\ufeff", "\u2028", "aaaaaa"})
    void refuseTextThatIsMissingBlankOrTooLong(String text) {
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> Rules.requireText("name", text, 5));
        assertEquals("name", refusal.field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\ud83c", "a\ud83cb", "\udf31\ud83c"})
    void refuseTextThatCannotBeStored(String text) {
        assertThrows(InvalidInput.class, () -> Rules.requireText("name", text, 5));
    }

    @Test
    void countCharactersNotUnitsOfUtf16() {
        assertDoesNotThrow(() -> Rules.requireText("name", "\uD83C\uDF31".repeat(5), 5));
    }

    @Test
    void refuseAnIdBelowOne() {
        assertEquals(
                "Invalid id: 0",
                assertThrows(InvalidInput.class, () -> Rules.requireId("id", 0)).getMessage());
        assertEquals(1, Rules.requireId("id", 1));
    }

    @Test
    void refuseAListThatIsTooLongOrHasDuplicates() {
        assertThrows(InvalidInput.class, () -> Rules.requireAtMost("parts", List.of(1, 2), 1));
        assertDoesNotThrow(() -> Rules.requireAtMost("parts", List.of(1, 2), 2));
        InvalidInput twice =
                assertThrows(InvalidInput.class, () -> Rules.requireDistinct("id", List.of(1, 2, 1), part -> part));
        assertEquals("Duplicate id: 1", twice.getMessage());
        assertDoesNotThrow(() -> Rules.requireDistinct("id", List.of(1, 2), part -> part));
    }
}
