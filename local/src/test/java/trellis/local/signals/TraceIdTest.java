package trellis.local.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {
    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(strings = {ID, " 4BF92F3577B34DA6A3CE929D0E0E4736\n", "00-" + ID + "-00f067aa0ba902b7-01"})
    void takesAnIdOrAHeaderThatHasIt(String text) {
        assertEquals(ID, TraceId.of(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "00000000000000000000000000000000", ID + "0", ID + " or trace_id:*", "-" + ID})
    void refusesWhatIsNone(String text) {
        String refusal = assertThrows(IllegalStateException.class, () -> TraceId.of(text))
                .getMessage();
        assertTrue(refusal.startsWith("'" + text + "' is no trace id: "), refusal);
    }
}
