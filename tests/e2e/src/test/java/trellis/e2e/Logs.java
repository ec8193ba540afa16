package trellis.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The collected log records, each with its fields. */
record Logs(Api api) {
    static final String TRACE = "trace_id";
    static final String SERVICE = "service.name";
    static final String VERSION = "service.version";
    static final String NAMESPACE = "k8s.namespace.name";
    static final String POD = "k8s.pod.name";
    static final String CONTAINER = "k8s.container.name";
    static final String NODE = "k8s.node.name";
    static final String MESSAGE = "_msg";
    static final String TIME = "_time";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param query in the backend's language, LogsQL */
    List<JsonNode> matching(String query) {
        return api.postForm("/select/logsql/query", "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .requireStatus(200)
                .body()
                .lines()
                .map(Logs::record)
                .toList();
    }

    List<JsonNode> ofTrace(String id) {
        return matching(with(TRACE, id));
    }

    List<JsonNode> ofPod(String namespace, String name) {
        return matching(with(NAMESPACE, namespace) + " " + with(POD, name));
    }

    /** Matches the records whose field has exactly this value. */
    static String with(String field, String value) {
        return "\"%s\":=\"%s\"".formatted(field, value);
    }

    private static JsonNode record(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is not JSON: " + line, e);
        }
    }
}
