package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.CharsetEncoder;

/** Documents as bytes: valid JSON in various spellings, and invalid JSON. */
record BrokenJson(RandomSource chance) {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final ObjectMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** Serializes the document, with non-ASCII characters escaped or not; an unpaired surrogate can only be escaped. */
    byte[] written(JsonNode document) {
        CharsetEncoder utf8 = UTF_8.newEncoder();
        try {
            String plain = PLAIN.writeValueAsString(document);
            return (utf8.canEncode(plain) && !chance.oneIn(3) ? plain : ESCAPED.writeValueAsString(document))
                    .getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Bytes that are not one JSON document in UTF-8 (RFC 8259, section 8.1), or one in which a field is given twice.
     */
    byte[] broken(ObjectNode document) {
        byte[] bytes = written(document);
        String text = new String(bytes, UTF_8);
        return switch (chance.between(0, 12)) {
            case 0 -> new byte[0];
            case 1 -> text.substring(0, chance.between(1, text.length() - 1)).getBytes(UTF_8);
            case 2 -> (text + chance.oneOf(text, "x", ",", "}", "null")).getBytes(UTF_8);
            case 3 -> ("{" + text.substring(1, text.length() - 1) + "," + text.substring(1)).getBytes(UTF_8);
            case 4 -> (chance.oneOf("/* */", "# \n", "// \n", "\ufffe", "x") + text).getBytes(UTF_8);
            case 5 -> text.replace('"', '\'').getBytes(UTF_8);
            case 6 -> text.replace("}", ",}").getBytes(UTF_8);
            case 7 -> text.getBytes(chance.oneOf(UTF_16, UTF_16LE));
            case 8 -> withByte(bytes, text.indexOf('"') + 1, chance.oneOf(0xFF, 0xC0, 0x80));
            case 9 -> withByte(bytes, text.indexOf('"') + 1, chance.oneOf(0, 0x0A, 0x1F));
            case 10 -> text.replaceFirst("\"", "\"\\\\u12").getBytes(UTF_8);
            case 11 -> "[".repeat(chance.between(1, 5000)).getBytes(UTF_8);
            default ->
                chance.oneOf("null", "[]", "7", "\"text\"", "NaN", "[" + text + "]")
                        .getBytes(UTF_8);
        };
    }

    private static byte[] withByte(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }
}
