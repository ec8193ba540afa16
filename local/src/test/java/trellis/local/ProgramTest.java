package trellis.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final List<String> said = new ArrayList<>();
    private Program program;

    @AfterEach
    void kill() {
        program.kill();
        Thread.interrupted();
    }

    @Test
    void reportsHowItEndedInsteadOfBeingReady() {
        program = shell("exit 3");
        var failure = assertThrows(
                IllegalStateException.class,
                () -> program.awaitReady(() -> false, said::add, () -> List.of("its last line")));
        assertEquals("The shell ended with 3:\n  its last line", failure.getMessage());
    }

    @Test
    void keepsRunningIfItsCallerIsInterruptedBeforeItIsReady() {
        program = shell("exec sleep 600");
        Thread.currentThread().interrupt();
        assertThrows(IllegalStateException.class, () -> program.awaitReady(() -> false, said::add, List::of));
        assertTrue(program.running(), "its caller can still stop it gracefully");
    }

    @Test
    void isKilledIfItsCallerIsInterruptedBeforeItIsDone() {
        program = shell("exec sleep 600");
        Thread.currentThread().interrupt();
        assertThrows(IllegalStateException.class, () -> program.awaitDone(said::add, List::of));
        assertFalse(program.running());
    }

    private static Program shell(String script) {
        return Program.start("The shell", new ProcessBuilder("sh", "-c", script));
    }
}
