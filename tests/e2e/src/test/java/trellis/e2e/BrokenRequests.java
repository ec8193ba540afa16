package trellis.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Breaks a request in one place, and records in it what is broken and with which statuses it may be refused. */
record BrokenRequests(RandomSource chance) {
    /** The maximum size of a body, in bytes. */
    private static final int LARGEST = 256 * 1024;

    /** Not a whole number in JSON's only spelling, or too large for a long. */
    private static final List<String> INVALID_NUMBERS = List.of(
            "abc",
            "007",
            "00",
            "+8",
            "%2B8",
            "8.0",
            "8e0",
            "0x1F",
            "1_000",
            "1,000",
            "--1",
            "-",
            "-01",
            "%208",
            "8%20",
            "8%00",
            "8%0A",
            "%D9%A8",
            "%EF%BC%98",
            "null",
            "NaN",
            "9223372036854775808",
            "-9223372036854775809",
            "1".repeat(500));

    private static final List<String> JUNK = List.of(
            "/nothing",
            "/%2e%2e/x",
            "/\u00e4",
            "/%zz",
            "/%",
            "/%80%FF",
            "/%00",
            "/ x",
            "/\"<>",
            "/{x}",
            "/a|b",
            "/%F0%9F%8C%B1");

    private static final List<String> BELOW_ONE = List.of("0", "-1", "-9223372036854775808");

    void breakOne(RequestDraft draft) {
        List<Consumer<RequestDraft>> ways = new ArrayList<>(List.of(this::breakMethod, this::breakLength));
        ways.add(draft.operation.path().contains("{") ? this::breakId : this::breakPath);
        ways.add(this::breakPath);
        if (!draft.operation.parameters("query").isEmpty()) {
            ways.add(this::breakQuery);
            ways.add(this::breakQuery);
        }
        if (draft.operation.writes()) {
            ways.add(this::breakCondition);
        } else {
            ways.add(this::breakAccept);
        }
        if (draft.content != null) {
            ways.add(this::breakBody);
            ways.addAll(Collections.nCopies(6, this::breakContent));
        }
        chance.oneOf(ways).accept(draft);
    }

    /** Methods that no contract has. */
    private void breakMethod(RequestDraft draft) {
        draft.method = chance.oneOf("POST", "PATCH", "TRACE", "PROPFIND", "get", "X");
        draft.note("no such method", Set.of(405));
    }

    private void breakId(RequestDraft draft) {
        boolean below = chance.oneIn(4);
        String id = chance.oneOf(below ? BELOW_ONE : INVALID_NUMBERS);
        draft.path = draft.operation.path().replace("{productId}", id);
        draft.note("id " + abbreviated(id), below ? Set.of(422) : Set.of(400));
    }

    /** After the path of the list, it is taken as an id. */
    private void breakPath(RequestDraft draft) {
        String junk = chance.oneOf(JUNK);
        draft.path += junk;
        draft.note("path and " + junk, Set.of(400, 404, 405));
    }

    private void breakQuery(RequestDraft draft) {
        JsonNode parameter = chance.oneOf(draft.operation.parameters("query"));
        String name = parameter.get("name").asText();
        JsonNode schema = parameter.get("schema");
        draft.query.removeIf(each -> each.getKey().equals(name));
        switch (chance.between(0, 5)) {
            case 0 ->
                set(draft, name, schema.has("minimum") ? chance.oneOf(BELOW_ONE) : "-9223372036854775809", 400, 422);
            case 1 ->
                set(
                        draft,
                        name,
                        schema.has("maximum") ? schema.get("maximum").asLong() + 1 + "" : "9223372036854775808",
                        400,
                        422);
            case 2 -> {
                draft.query.add(Map.entry(name, "1"));
                set(draft, name, chance.oneOf("1", "2", ""), 400);
            }
            case 3 -> set(draft, name, chance.oneOf("", "%zz", "%", "%FF", "1%"), 400);
            case 4 -> set(draft, name, chance.oneOf(INVALID_NUMBERS), 400);
            default -> {
                if (parameter.path("required").asBoolean()) {
                    draft.note("no " + name, Set.of(400));
                } else {
                    set(draft, name, "", 400);
                }
            }
        }
    }

    private void set(RequestDraft draft, String name, String value, Integer... statuses) {
        draft.query.add(chance.between(0, draft.query.size()), Map.entry(name, value));
        draft.note(name + "=" + abbreviated(value), Set.of(statuses));
    }

    private void breakLength(RequestDraft draft) {
        if (chance.oneIn(2)) {
            String name = chance.oneOf("baggage", "X-Long", "Cookie", "tracestate");
            draft.headers.put(name, "a".repeat(chance.between(30_000, 60_000)));
            draft.note("a " + name + " that is too long", Set.of(431));
        } else {
            draft.query.add(Map.entry("x", "a".repeat(chance.between(5_000, 20_000))));
            draft.note("an address that is too long", Set.of(414));
        }
    }

    private void breakAccept(RequestDraft draft) {
        draft.headers.put("Accept", chance.oneOf("text/csv", "application/xml, image/*", "application/vnd.x+json"));
        draft.note("Accept " + draft.headers.get("Accept"), Set.of(406));
    }

    private void breakCondition(RequestDraft draft) {
        String name = chance.oneOf("If-Match", "If-None-Match", "If-Unmodified-Since");
        draft.headers.put(
                name,
                name.endsWith("Since")
                        ? "Thu, 01 Jan 1970 00:00:00 GMT"
                        : chance.oneOf("*", "\"x\"", "W/\"x\"", "garbage", "\"", "\"a\", \"b\""));
        draft.note(name, Set.of(400));
    }

    private void breakBody(RequestDraft draft) {
        switch (chance.between(0, 4)) {
            case 0 -> {
                String encoding = chance.oneOf("gzip", "deflate", "br", "x", "gzip, identity");
                draft.headers.put("Content-Encoding", encoding);
                draft.note("Content-Encoding " + encoding, Set.of(415));
            }
            case 1 -> {
                String type = chance.oneOf(
                        "text/plain",
                        "application/xml",
                        "application/x-www-form-urlencoded",
                        "application/json-patch+json");
                draft.headers.put("Content-Type", type);
                draft.note("Content-Type " + type, Set.of(415));
            }
            case 2 -> {
                int length = draft.body.length;
                draft.body = Arrays.copyOf(draft.body, Math.max(length, LARGEST + chance.between(1, 300_000)));
                Arrays.fill(draft.body, length, draft.body.length, (byte) ' ');
                draft.note("a body that is too long", Set.of(413));
            }
            default -> {
                draft.body = new BrokenJson(chance).broken(draft.content);
                draft.note("no JSON", Set.of(400));
            }
        }
    }

    private void breakContent(RequestDraft draft) {
        BrokenValues.Flaw flaw = new BrokenValues(chance).breakOne(draft.operation.body(), draft.content);
        draft.body = new BrokenJson(chance).written(draft.content);
        draft.note(flaw.description(), flaw.statuses());
    }

    private static String abbreviated(String text) {
        return text.length() <= 30 ? text : text.substring(0, 30) + "...";
    }
}
