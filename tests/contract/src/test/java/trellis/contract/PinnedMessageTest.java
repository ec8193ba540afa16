package trellis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedMessageTest {

    private static final String DOCUMENT = "product-composite-update-v1.schema.json";

    static Stream<String> readers() {
        return Contracts.pinned(DOCUMENT).map(pinned -> (String) pinned.get()[0]);
    }

    @Test
    void findsEveryServiceThatReadsTheLog() {
        assertTrue(readers().toList().containsAll(List.of("product", "recommendation", "review")));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void acceptsAllThatItsProviderPromises(String service) {
        assertEquals(
                List.of(),
                MessageChanges.broken(
                        Contracts.pinned(service, DOCUMENT), Contracts.promised("product-composite", DOCUMENT)));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void acceptsAnExample(String service) {
        String example = """
                {"productId": 1, "name": "Trellis", "weight": 2400,
                 "recommendations": [{"recommendationId": 1, "author": "Alma", "rate": 90, "content": "Good"}],
                 "reviews": [{"reviewId": 1, "author": "Bela", "subject": "Summer", "content": "Stands"}]}""";
        for (String schema :
                List.of(Contracts.pinned(service, DOCUMENT), Contracts.promised("product-composite", DOCUMENT))) {
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(example, InputFormat.JSON));
        }
    }

    @Test
    void detectsAFieldThatIsMissingOptionalOrWider() {
        assertBroken(schema -> ((ObjectNode) schema.get("properties")).remove("weight"));
        assertBroken(schema -> schema.putArray("required").add("productId").add("name"));
        assertBroken(schema -> ((ObjectNode) schema.at("/properties/name")).put("maxLength", 201));
        assertBroken(schema -> ((ObjectNode) schema.at("/properties/name")).remove("pattern"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/properties/name",
                "/properties/reviews/items",
                "/properties/reviews/items/properties/author"
            })
    void refusesAKeywordThatNothingCompares(String place) {
        String known = Contracts.promised("product-composite", DOCUMENT);
        ObjectNode schema = (ObjectNode) MessageChanges.read(known);
        ((ObjectNode) schema.at(place)).putArray("enum").add("Trellis");
        assertThrows(IllegalArgumentException.class, () -> MessageChanges.broken(schema.toString(), known));
        assertThrows(IllegalArgumentException.class, () -> MessageChanges.broken(known, schema.toString()));
    }

    private static void assertBroken(Consumer<ObjectNode> change) {
        ObjectNode promised = (ObjectNode) MessageChanges.read(Contracts.promised("product-composite", DOCUMENT));
        change.accept(promised);
        assertFalse(MessageChanges.broken(Contracts.pinned("product", DOCUMENT), promised.toString())
                .isEmpty());
    }
}
