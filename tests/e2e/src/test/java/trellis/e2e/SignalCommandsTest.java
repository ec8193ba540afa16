package trellis.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trellis.local.Services;

/** {@code make logs} and {@code make trace}, as a user runs them. */
@ClusterTest
@Tag("signals")
class SignalCommandsTest {
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
                    .map(line -> line.replaceFirst(" .*", ""))
                    .filter(word -> word.matches("\\d{4}-\\d\\d-\\d\\dT.*"))
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
            List<String> lines = printed.lines().filter(line -> !line.isBlank()).toList();
            assertTrue(
                    indentation(lineWith(lines, "edge")) < indentation(lineWith(lines, Services.CORE.getFirst())),
                    printed);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs", "trace"})
    void anIdThatNothingHasIsSaidToBeUnknown(String verb) {
        String said;
        try {
            said = make(verb, "0123456789abcdef0123456789abcdef");
        } catch (Command.Failed e) {
            said = e.getMessage();
        }
        String message = said;
        assertTrue(message.contains("0123456789abcdef0123456789abcdef"), message);
        assertTrue(!message.contains("Exception") && !message.contains("jq:"), message);
    }

    private String make(String verb, String id) {
        return Command.of("make", "--silent", verb, "TRACE=" + id, "NAMESPACE=" + signals.namespace())
                .run();
    }

    private static String lineWith(List<String> lines, String text) {
        return lines.stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
