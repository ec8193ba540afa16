package trellis.local.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table.Row HOLDS = row(new Finding(Verdict.HOLDS, "seen after 1.2 s"));

    @Test
    void hasALinePerPatternForMarkdown() {
        assertEquals("""
                | pattern | what was done | what was seen | result | took |
                | --- | --- | --- | --- | --- |
                | control loop | a pod was deleted | seen after 1.2 s | holds | 7 s |
                """, new Table(List.of(HOLDS)).markdown());
    }

    @Test
    void keepsAPipeFromEndingACellOfMarkdown() {
        var table = new Table(List.of(row(new Finding(Verdict.HOLDS, "a|b"))));
        assertTrue(table.markdown().contains("a\\|b"), table.markdown());
    }

    @Test
    void fitsATerminalOf140Characters() {
        String seen = "product-composite-7b8f5fd6b8-pqbgz ".repeat(9) + "x".repeat(200);
        String text = new Table(List.of(row(new Finding(Verdict.HOLDS, seen)))).text();
        assertTrue(text.lines().allMatch(line -> line.length() <= 140), text);
        assertEquals(200, text.chars().filter(character -> character == 'x').count(), text);
    }

    @Test
    void holdsIfEveryPatternDoesThatCanBeShown() {
        assertTrue(new Table(List.of(HOLDS, row(Finding.notShown("no mesh")))).holds());
        assertFalse(new Table(List.of(HOLDS, row(new Finding(Verdict.DOES_NOT_HOLD, "503")))).holds());
    }

    private static Table.Row row(Finding finding) {
        return new Table.Row("control loop", "a pod was deleted", finding, Duration.ofMillis(7900));
    }
}
