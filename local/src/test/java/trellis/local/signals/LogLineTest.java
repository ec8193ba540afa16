package trellis.local.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogLineTest {
    /** Of VictoriaLogs 1.52. */
    private static final String RESPONSE = """
            {"_msg":"Update set aside","_time":"2026-11-26T18:05:57.123456Z","k8s.container.name":"product",\
            "k8s.pod.name":"product-0","service.name":"product","severity_number":"17","severity_text":"ERROR",\
            "stackTrace":"trellis.Broken\\n\\tat trellis.A.b(A.java:1)\\n","trace_id":"0af7651916cd43dd8448eb211c80319c"}
            {"_msg":"GET /v1/product-composites/1 200","_time":"2026-11-26T18:05:57.65730024Z","k8s.container.name":"istio-proxy",\
            "k8s.pod.name":"edge-0","service.name":"edge","severity_number":"9","severity_text":"INFO"}
            {"_msg":"begins","_time":"2026-11-26T18:05:56Z","k8s.container.name":"product-composite",\
            "k8s.pod.name":"product-composite-0","service.name":"product-composite","severity_number":"0",\
            "severity_text":"Unspecified"}
            """;

    @Test
    void printsLinesInOrderOfTimeAndIndentsWhatBelongsToOne() {
        assertEquals("""
                2026-11-26 18:05:56.000 -     product-composite-0: begins
                2026-11-26 18:05:57.123 ERROR product-0: Update set aside
                    trellis.Broken
                    \tat trellis.A.b(A.java:1)
                2026-11-26 18:05:57.657 INFO  edge-0 (proxy): GET /v1/product-composites/1 200""", text(RESPONSE));
    }

    @Test
    void findsNothingInAnEmptyResponse() {
        assertEquals(List.of(), LogLine.all(""));
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThrows(IllegalStateException.class, () -> LogLine.all("<html>"));
    }

    private static String text(String response) {
        return LogLine.all(response).stream().map(LogLine::toString).collect(Collectors.joining("\n"));
    }
}
