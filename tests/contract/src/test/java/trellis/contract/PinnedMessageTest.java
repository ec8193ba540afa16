package trellis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedMessageTest {

    private static final String DOCUMENT = "product-composite-update-v1.schema.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each is a bound from below or above that a consumer relies on, and its provider may only make narrower. */
    private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");

    private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");

    @ParameterizedTest
    @ValueSource(strings = {"product", "recommendation", "review"})
    void acceptsAllThatItsProviderPromises(String service) throws Exception {
        JsonNode relied = JSON.readTree(Contracts.pinned(service, DOCUMENT));
        JsonNode promised = JSON.readTree(Contracts.promised("product-composite", DOCUMENT));
        assertEquals(List.of(), broken("", relied, promised));
    }

    @ParameterizedTest
    @ValueSource(strings = {"product", "recommendation", "review"})
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
    void wouldMissAFieldThatIsGoneOptionalOrWider() throws Exception {
        JsonNode relied = JSON.readTree(Contracts.pinned("product", DOCUMENT));
        ObjectNode gone = (ObjectNode) JSON.readTree(Contracts.promised("product-composite", DOCUMENT));
        ((ObjectNode) gone.get("properties")).remove("weight");
        assertFalse(broken("", relied, gone).isEmpty());
        ObjectNode optional = (ObjectNode) JSON.readTree(Contracts.promised("product-composite", DOCUMENT));
        optional.putArray("required").add("productId").add("name");
        assertFalse(broken("", relied, optional).isEmpty());
        ObjectNode wider = (ObjectNode) JSON.readTree(Contracts.promised("product-composite", DOCUMENT));
        ((ObjectNode) wider.at("/properties/name")).put("maxLength", 201);
        assertFalse(broken("", relied, wider).isEmpty());
    }

    /** What the first schema asks for and the second does not assure. */
    private static List<String> broken(String path, JsonNode relied, JsonNode promised) {
        List<String> broken = new ArrayList<>();
        if (!relied.path("type").equals(promised.path("type"))) {
            broken.add(path + " is now of type " + promised.path("type"));
        }
        relied.path("required").forEach(name -> {
            if (!contains(promised.path("required"), name)) {
                broken.add(path + "/" + name.asText() + " is no longer required");
            }
        });
        for (String bound : LOWER) {
            if (relied.has(bound)
                    && promised.path(bound).asLong(Long.MIN_VALUE)
                            < relied.get(bound).asLong()) {
                broken.add(path + " has a lower " + bound);
            }
        }
        for (String bound : UPPER) {
            if (relied.has(bound)
                    && promised.path(bound).asLong(Long.MAX_VALUE)
                            > relied.get(bound).asLong()) {
                broken.add(path + " has a higher " + bound);
            }
        }
        relied.path("properties")
                .properties()
                .forEach(each -> broken.addAll(broken(
                        path + "/" + each.getKey(),
                        each.getValue(),
                        promised.path("properties").path(each.getKey()))));
        if (relied.has("items")) {
            broken.addAll(broken(path + "/*", relied.get("items"), promised.path("items")));
        }
        return broken;
    }

    private static boolean contains(JsonNode names, JsonNode name) {
        for (JsonNode each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
