package trellis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Predicts what a service makes of a record, from the schema that it pins and the rules that JSON Schema cannot
 * express.
 */
final class PinnedReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    /** The greatest number of digits in any schema. */
    private static final int MOST_DIGITS = 30;

    /** Patterns are ECMA-262's, whose white space (section 22.2.2.9) includes more characters than Java's. */
    private static final SchemaValidatorsConfig OF_ECMA = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(pattern -> Pattern.compile(pattern.replace("\\S", "[^\\s\\p{Z}\\uFEFF]"))
                    .asPredicate()::test)
            .build();

    private final JsonNode document;
    private final JsonSchema schema;

    PinnedReader(String service) {
        Path file =
                Command.repository().resolve("services/" + service + "/pinned/product-composite-update-v1.schema.json");
        try {
            document = STRICT.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document, OF_ECMA);
    }

    /** The product of the record; empty if its key is not an id in its only spelling. */
    static Optional<Long> productId(String key) {
        return key != null && ID.matcher(key).matches() && new BigInteger(key).bitLength() < Long.SIZE
                ? Optional.of(Long.parseLong(key))
                : Optional.empty();
    }

    /**
     * What the service serves after it has read the record: null if nothing or only an empty list; empty if it must
     * refuse the record.
     */
    Optional<JsonNode> shown(String key, byte[] value) {
        Optional<Long> productId = productId(key);
        if (value == null) {
            return productId.map(id -> JSON.nullNode());
        }
        return productId.flatMap(id -> read(value)
                .filter(state -> state.path("productId").asLong() == id)
                .map(state -> projection(document, state))
                .filter(PinnedReader::keepsRules)
                .map(state -> hasOnlyEmptyLists(state) ? JSON.nullNode() : state));
    }

    private Optional<JsonNode> read(byte[] value) {
        try {
            JsonNode state = STRICT.readTree(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
            JsonNode whole = withWholeNumbers(state);
            return schema.validate(whole).isEmpty() ? Optional.of(whole) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** 12.0 is the integer 12: JSON Schema Validation 2020-12, section 6.1.1. */
    private static JsonNode withWholeNumbers(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(each -> each.setValue(withWholeNumbers(each.getValue())));
            case ArrayNode list -> {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, withWholeNumbers(list.get(i)));
                }
            }
            case DecimalNode number -> {
                return whole(number.decimalValue().stripTrailingZeros(), number);
            }
            default -> {}
        }
        return node;
    }

    private static JsonNode whole(BigDecimal number, DecimalNode written) {
        if (number.scale() > 0) {
            return written;
        }
        long digits = (long) number.precision() - number.scale();
        BigInteger whole = digits > MOST_DIGITS
                ? BigInteger.TEN.pow(MOST_DIGITS).multiply(BigInteger.valueOf(number.signum()))
                : number.toBigIntegerExact();
        return whole.bitLength() < Integer.SIZE
                ? JSON.numberNode(whole.intValue())
                : whole.bitLength() < Long.SIZE ? JSON.numberNode(whole.longValue()) : JSON.numberNode(whole);
    }

    /** Only the fields that the schema names; lists sorted by id. */
    private static JsonNode projection(JsonNode schema, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode projection = JSON.objectNode();
                schema.get("properties").properties().stream()
                        .filter(each -> object.has(each.getKey()))
                        .forEach(each ->
                                projection.set(each.getKey(), projection(each.getValue(), object.get(each.getKey()))));
                yield projection;
            }
            case ArrayNode list -> {
                String id = ValidValues.id(schema);
                ArrayNode projection = JSON.arrayNode();
                StreamSupport.stream(list.spliterator(), false)
                        .map(element -> projection(schema.get("items"), element))
                        .sorted(Comparator.comparingLong(
                                element -> element.get(id).asLong()))
                        .forEach(projection::add);
                yield projection;
            }
            default -> node;
        };
    }

    private static boolean hasOnlyEmptyLists(JsonNode state) {
        return state.propertyStream()
                .filter(part -> !part.getKey().equals("productId"))
                .allMatch(part -> part.getValue().isArray() && part.getValue().isEmpty());
    }

    private static boolean keepsRules(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> object.valueStream().allMatch(PinnedReader::keepsRules);
            case ArrayNode list -> list.valueStream().allMatch(PinnedReader::keepsRules) && hasDistinctIds(list);
            default -> !UNSTORABLE.matcher(node.asText()).find();
        };
    }

    private static boolean hasDistinctIds(ArrayNode list) {
        Set<JsonNode> ids = new HashSet<>();
        return list.valueStream()
                .flatMap(element -> element.propertyStream())
                .filter(property -> property.getKey().endsWith("Id"))
                .allMatch(property -> ids.add(property.getValue()));
    }
}
