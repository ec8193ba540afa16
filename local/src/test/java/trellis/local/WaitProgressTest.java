package trellis.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitProgressTest {
    private final List<String> said = new ArrayList<>();

    @Test
    void isReportedAtOnceButNotAtEveryPause() throws Exception {
        pauseOften(WaitProgress.reportedAtOnce("a broker", said::add));
        assertEquals(List.of("waiting for a broker, 0 s so far"), said);
    }

    @Test
    void isNotReportedBeforeTheInterval() throws Exception {
        pauseOften(WaitProgress.reportedLater("a broker", said::add));
        assertEquals(List.of(), said);
    }

    private static void pauseOften(WaitProgress waiting) throws InterruptedException {
        for (int pause = 0; pause < 5; pause++) {
            waiting.pause(Duration.ofMillis(1));
        }
    }
}
