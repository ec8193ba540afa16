package trellis.local.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void returnsTheOutput() {
        assertEquals("ä\n", Command.output(List.of("sh", "-c", "echo ä")));
    }

    @Test
    void namesAFailedProgram() {
        var failure = assertThrows(IllegalStateException.class, () -> Command.output(List.of("sh", "-c", "exit 3")));
        assertEquals("sh -c exit 3 ended with 3", failure.getMessage());
    }

    @Test
    void namesAMissingProgram() {
        var failure = assertThrows(IllegalStateException.class, () -> Command.output(List.of("no-such-program")));
        assertTrue(failure.getMessage().startsWith("no-such-program can't be run: "), failure.getMessage());
    }
}
