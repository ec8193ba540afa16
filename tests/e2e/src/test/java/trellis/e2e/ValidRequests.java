package trellis.e2e;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Requests that a contract allows, in all equivalent spellings. */
record ValidRequests(RandomSource chance, GeneratedPages pages) {
    RequestDraft of(ApiContract.Operation operation) {
        RequestDraft draft = new RequestDraft(operation);
        if (operation.path().contains("{productId}")) {
            draft.productId = chance.oneOf(pages.products());
            draft.path = operation.path().replace("{productId}", written(draft.productId));
        }
        operation.parameters("query").forEach(parameter -> addParameter(draft, parameter));
        if (chance.oneIn(6)) {
            add(
                    draft,
                    chance.oneOf("colour", "limits", "limit%20", "%F0%9F%8C%B1", "limit[]"),
                    chance.oneOf("x", "%26", "a=b"));
        }
        addHeaders(draft);
        if (!draft.operation.parameters("header").isEmpty() && chance.oneIn(2)) {
            addCondition(draft);
        }
        if (!operation.writes() && chance.oneIn(20)) {
            draft.method = chance.oneOf("HEAD", "OPTIONS");
        }
        if (!operation.body().isMissingNode()) {
            draft.content = (ObjectNode) new ValidValues(chance).value(operation.body());
            draft.body = new BrokenJson(chance).written(draft.content);
            draft.chunked = chance.oneIn(6);
            draft.headers.put(
                    "Content-Type",
                    chance.oneOf(
                            "application/json", "application/json;charset=UTF-8", "Application/JSON; charset=utf-8"));
            if (chance.oneIn(12)) {
                draft.headers.put("Content-Encoding", "identity");
            }
        }
        return draft;
    }

    private void addParameter(RequestDraft draft, JsonNode parameter) {
        String name = parameter.get("name").asText();
        if (name.equals("productId")) {
            draft.productId = chance.oneOf(pages.products());
            add(draft, name, written(draft.productId));
        } else if (parameter.path("required").asBoolean() || !chance.oneIn(3)) {
            add(
                    draft,
                    name,
                    new ValidValues(chance).value(parameter.get("schema")).asText());
        }
    }

    /** In one of the spellings that are equivalent according to RFC 3986, section 6.2.2. */
    private String written(long id) {
        String digits = Long.toString(id);
        return chance.oneIn(10) ? "%3" + digits.charAt(0) + digits.substring(1) : digits;
    }

    /** RFC 9110, sections 13.1.1 and 13.1.2: If-None-Match compares weakly, If-Match strongly. */
    private void addCondition(RequestDraft draft) {
        String tag = pages.tag(draft.productId);
        boolean seen = !tag.isEmpty() && chance.oneIn(2);
        String other = chance.oneOf("\"x\"", "W/\"x\"", "\"\"", "\"a\", W/\"b\"", "garbage");
        if (chance.oneIn(2)) {
            draft.headers.put("If-None-Match", seen ? chance.oneOf(tag, "W/" + tag, "\"x\", " + tag, "*") : other);
            draft.answeredBy = Set.of(seen ? 304 : 200);
        } else {
            boolean weak = seen && chance.oneIn(2);
            draft.headers.put("If-Match", weak ? "W/" + tag : seen ? chance.oneOf(tag, "\"x\", " + tag, "*") : other);
            draft.answeredBy = Set.of(seen && !weak ? 200 : 412);
        }
    }

    private static void add(RequestDraft draft, String name, String value) {
        draft.query.add(Map.entry(name, value));
    }

    /** Headers that any caller may send, and that a service may ignore. */
    private void addHeaders(RequestDraft draft) {
        Map<String, String> headers = draft.headers;
        if (chance.oneIn(3)) {
            headers.put(
                    "Accept",
                    chance.oneOf(
                            "application/json",
                            "*/*",
                            "application/*;q=0.5",
                            "text/html, application/json;q=0.1",
                            "application/json, application/problem+json"));
        }
        if (chance.oneIn(8)) {
            headers.put("baggage", chance.oneOf("a=1", "a=" + "{".repeat(7000), ";;;=,,", "a=%zz", "\u00e4=\u00ff"));
        }
        if (chance.oneIn(8)) {
            headers.put(
                    "traceparent",
                    chance.oneOf(
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                            "00-00000000000000000000000000000000-0000000000000000-00",
                            "ff-x",
                            "-".repeat(5000)));
        }
        if (chance.oneIn(8)) {
            headers.put(
                    "tracestate",
                    chance.oneOf(
                            "a=1",
                            "=,=,",
                            IntStream.range(0, 30)
                                    .mapToObj(i -> "k" + i + "=" + "{".repeat(200))
                                    .collect(joining(","))));
        }
        if (chance.oneIn(8)) {
            headers.put(
                    chance.oneOf(
                            "X-Request-Id",
                            "Cookie",
                            "Authorization",
                            "Range",
                            "X-HTTP-Method-Override",
                            "If-Modified-Since"),
                    chance.oneOf("DELETE", "bytes=0-1", "\u00fc", "a".repeat(3000), "Thu, 01 Jan 1970 00:00:00 GMT"));
        }
    }
}
