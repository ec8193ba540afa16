package trellis.local.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTreeTest {
    /** Of Jaeger 2.13, with fewer attributes. */
    private static final String RESPONSE = """
            {"data": [{"traceID": "0af7651916cd43dd8448eb211c80319d", "spans": [
              {"spanID": "c", "operationName": "SELECT product", "processID": "p2", "startTime": 1795716347011100, "duration": 3000,
               "references": [{"refType": "CHILD_OF", "spanID": "b"}],
               "tags": [{"key": "db.operation", "value": "SELECT"}, {"key": "db.statement", "value": "select 1"}], "logs": []},
              {"spanID": "a", "operationName": "edge", "processID": "p1", "startTime": 1795716347000000, "duration": 30400,
               "references": [], "tags": [{"key": "http.status_code", "value": "404"}, {"key": "response_flags", "value": "-"}]},
              {"spanID": "b", "operationName": "GET /v1/products/{productId}", "processID": "p2", "startTime": 1795716347001000,
               "duration": 20800, "references": [{"refType": "CHILD_OF", "spanID": "a"}],
               "tags": [{"key": "error", "type": "bool", "value": true}, {"key": "trellis.answer.degraded", "value": "reviews"}],
               "logs": [{"fields": [{"key": "event", "value": "retry"}, {"key": "trellis.call", "value": "reviews"}]}]},
              {"spanID": "d", "operationName": "elsewhere", "processID": "p1", "startTime": 1795716347005000, "duration": 100,
               "references": [{"refType": "CHILD_OF", "spanID": "unknown"}], "tags": []}],
              "processes": {"p1": {"serviceName": "edge"}, "p2": {"serviceName": "product"}}}], "errors": null}
            """;

    @Test
    void printsEachSpanBelowTheOneThatCausedItWithWhatWentWrong() {
        assertEquals(
                List.of(
                        "0.0 ms  edge: edge, 30.4 ms {http.status_code=404}",
                        "1.0 ms    product: GET /v1/products/{productId}, 20.8 ms"
                                + " {error=true, trellis.answer.degraded=reviews, [retry reviews]}",
                        "11.1 ms      product: SELECT product, 3.0 ms {db.operation=SELECT}",
                        "5.0 ms  edge: elsewhere, 0.1 ms"),
                SpanTree.of(RESPONSE).toString().lines().map(String::strip).toList());
    }
}
