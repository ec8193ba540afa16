package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** Records for the log of updates, valid or broken. */
final class GeneratedRecords {
    private static final Path SCHEMA =
            Path.of("services/product-composite/contract/product-composite-update-v1.schema.json");

    private final RandomSource chance;
    private final List<Long> products;
    private final ValidValues valid;
    private final BrokenValues broken;
    private final BrokenJson json;
    private final JsonNode schema;

    /**
     * A key and a value, either of which may be null.
     *
     * @param made how it was generated
     */
    record Generated(String key, byte[] value, String made) {
        @Override
        public String toString() {
            return "%s: key %s, value %s"
                    .formatted(made, key, value == null ? "none" : "«" + new String(value, UTF_8) + "»");
        }
    }

    /** @param products the productIds to use */
    GeneratedRecords(RandomSource chance, List<Long> products) {
        this.chance = chance;
        this.products = products;
        valid = new ValidValues(chance);
        broken = new BrokenValues(chance);
        json = new BrokenJson(chance);
        try {
            schema = new ObjectMapper()
                    .readTree(Command.repository().resolve(SCHEMA).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Generated next() {
        long productId = chance.oneOf(products);
        String key = Long.toString(productId);
        ObjectNode state = ((ObjectNode) valid.value(schema)).put("productId", productId);
        return switch (chance.between(0, 9)) {
            case 0 -> new Generated(key, null, "tombstone");
            case 1 -> {
                String other = otherKey(key);
                yield new Generated(other, chance.oneIn(4) ? null : json.written(state), "under another key");
            }
            case 2 -> new Generated(key, json.broken(state), "broken JSON");
            case 3, 4, 5 -> {
                String flaw = broken.breakOne(schema, state).description();
                if (chance.oneIn(4)) {
                    flaw += ", " + broken.breakOne(schema, state).description();
                }
                yield new Generated(key, json.written(state), flaw);
            }
            case 6 -> new Generated(key, json.written(withMore(state)), "with unknown fields");
            case 7 -> new Generated(key, json.written(inDecimals(state)), "whole numbers in decimals");
            default -> new Generated(key, json.written(state), "valid");
        };
    }

    /** Not a productId in its only spelling, or that of another product. */
    private String otherKey(String key) {
        return chance.oneOf(
                "0" + key,
                "+" + key,
                "-" + key,
                " " + key,
                key + "\n",
                key + ".0",
                key + "0000000000000000000",
                key.replace('1', '\u0661') + "\u0660",
                "0x1F",
                "abc",
                "",
                "0",
                "-1",
                "\0",
                "x".repeat(2000),
                Long.toString(chance.oneOf(products) - 1));
    }

    private ObjectNode withMore(ObjectNode state) {
        ObjectNode more = state.deepCopy();
        more.set(chance.oneOf("unknown", "", "Name", "\ud83c\udf31"), state.deepCopy());
        more.valueStream()
                .filter(JsonNode::isArray)
                .flatMap(JsonNode::valueStream)
                .forEach(element -> ((ObjectNode) element).put("unknown", new RandomTexts(chance).text(0, 50)));
        return more;
    }

    private JsonNode inDecimals(JsonNode node) {
        switch (node) {
            case ObjectNode object -> object.properties().forEach(each -> each.setValue(inDecimals(each.getValue())));
            case ArrayNode list -> list.forEach(this::inDecimals);
            default -> {
                BigDecimal number = node.decimalValue();
                return node.isIntegralNumber()
                        ? DecimalNode.valueOf(
                                chance.oneIn(2) ? number.setScale(chance.between(1, 3)) : number.stripTrailingZeros())
                        : node;
            }
        }
        return node;
    }
}
