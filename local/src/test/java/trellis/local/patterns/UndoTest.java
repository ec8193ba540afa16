package trellis.local.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final Undo undo = new Undo(Duration.ZERO);
    private final List<String> undone = new ArrayList<>();

    @Test
    void takesBackWhatIsLeftTheLatestFirst() {
        add("the page");
        Undo.Step scaled = add("the replicas");
        add("the ConfigMap");
        scaled.close();
        assertEquals(List.of("the replicas"), undone);
        assertEquals(List.of(), undo.all());
        assertEquals(List.of("the replicas", "the ConfigMap", "the page"), undone);
    }

    @Test
    void takesNothingBackTwice() {
        Undo.Step scaled = add("the replicas");
        scaled.close();
        scaled.close();
        undo.all();
        assertEquals(List.of("the replicas"), undone);
    }

    @Test
    void triesAgainAtTheEndWhatCouldNotBeTakenBack() {
        var attempts = new ArrayList<String>();
        Undo.Step scaled = undo.add("the replicas", () -> {
            attempts.add("attempt");
            if (attempts.size() == 1) {
                throw new IllegalStateException("interrupted");
            }
        });
        assertThrows(IllegalStateException.class, scaled::close);
        assertEquals(List.of(), undo.all());
        assertEquals(2, attempts.size());
    }

    @Test
    void saysWhatCouldNotBeTakenBackAndTakesBackTheRest() {
        add("the page");
        undo.add("the replicas", () -> {
            throw new IllegalStateException("no cluster answers");
        });
        assertEquals(List.of("the replicas: no cluster answers"), undo.all());
        assertEquals(List.of("the page"), undone);
    }

    @Test
    void letsNothingBeChangedOnceAllIsTakenBack() {
        undo.all();
        assertThrows(IllegalStateException.class, () -> add("the replicas"));
    }

    private Undo.Step add(String what) {
        return undo.add(what, () -> undone.add(what));
    }
}
