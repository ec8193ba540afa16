package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trellis.local.Services;

/** {@code make logs} and {@code make trace}, as a user runs them. */
@ClusterTest
@Tag("signals")
class SignalCommandsTest {
    private static final Pattern TIME = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d[ T][0-9:.]+");

    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef";

    private final Signals signals;
    private final String trace;

    SignalCommandsTest(ClusterLandscape landscape, Signals signals) {
        this.signals = signals;
        var api = new Api(landscape);
        trace = api.put(Api.newId(), Pages.named("Kettle")).requireStatus(202).traceId();
    }

    @Test
    void makeLogsPrintsTheLinesOfEveryServiceInTheOrderOfTheirTime() {
        await("the logs of " + trace).atMost(60, SECONDS).ignoreExceptions().untilAsserted(() -> {
            String printed = make("logs", trace);
            assertTrue(LiveLandscape.SERVICES.stream().allMatch(printed::contains), printed);
            List<String> times = printed.lines()
                    .map(TIME::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::group)
                    .toList();
            assertTrue(times.size() >= LiveLandscape.SERVICES.size(), printed);
            assertTrue(times.equals(times.stream().sorted().toList()), printed);
        });
    }

    @Test
    void makeTracePrintsTheTreeFromTheGatewayToTheRows() {
        await("the trace " + trace).atMost(60, SECONDS).ignoreExceptions().untilAsserted(() -> {
            String printed = make("trace", trace);
            assertTrue(Services.ALL.stream().allMatch(printed::contains), printed);
            assertTrue(column(printed, " edge.") < column(printed, " " + Services.CORE.getFirst() + ": "), printed);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs", "trace"})
    void anIdThatNothingHasIsSaidToBeUnknown(String verb) {
        String message =
                assertThrows(Command.Failed.class, () -> make(verb, UNKNOWN)).getMessage();
        String said = message.lines().skip(1).collect(joining("\n")); // after the command itself
        assertTrue(said.contains(UNKNOWN), message);
        assertFalse(said.contains("Exception"), message);
    }

    private String make(String verb, String id) {
        return Command.of("make", "--silent", verb, "TRACE=" + id, "NAMESPACE=" + signals.namespace())
                .run();
    }

    /** Where a text is in the first line that has it. */
    private static int column(String printed, String text) {
        return printed.lines()
                .mapToInt(line -> line.indexOf(text))
                .filter(column -> column >= 0)
                .findFirst()
                .orElseThrow();
    }
}
