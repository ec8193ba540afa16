package trellis.local.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesSchemaTest {
    @TempDir
    private Path checkout;

    private Example example;

    @BeforeEach
    void createCheckout() {
        example = new Example(checkout);
    }

    @Test
    void refusesKeysThatAreNotInTheSource() {
        example.shop("""
                values:
                  closed: {properties: {key: {type: string}}}
                  open: {additionalProperties: true, properties: {key: {type: string}}}
                  map: {type: object, default: {}}
                """);
        JsonNode schema = example.schema();
        assertEquals("shop", schema.path("title").asText());
        assertFalse(schema.path("additionalProperties").asBoolean(true));
        assertEquals(
                Example.yaml("{type: object, additionalProperties: false, properties: {key: {type: string}}}"),
                schema.at("/properties/closed"));
        assertTrue(schema.at("/properties/open/additionalProperties").asBoolean());
        assertEquals(Example.yaml("{type: object}"), schema.at("/properties/map"));
    }

    @Test
    void requiresWhatHasADefaultSinceHelmDeletesAKeyThatIsLeftEmpty() {
        example.shop("""
                values:
                  text: {type: string, default: ""}
                  optional: {type: string}
                  nothing: {default: null}
                  scaled: {type: [integer, "null"], default: 1}
                  image: {properties: {tag: {type: string, default: ""}, digest: {type: string}}}
                  settings: {properties: {level: {type: string}}}
                  resources: {default: {}, properties: {cpu: {type: string, default: 1m}}}
                """);
        JsonNode schema = example.schema();
        assertEquals(Example.yaml("[text, image, resources]"), schema.path("required"));
        assertEquals(Example.yaml("[tag]"), schema.at("/properties/image/required"));
        assertTrue(schema.at("/properties/resources/required").isMissingNode());
    }

    @Test
    void requiresNothingOfAnItemButWhatTheSourceSays() {
        example.shop("""
                values:
                  list:
                    items: {required: [name], properties: {name: {type: string}, other: {type: string, default: a}}}
                    default: []
                """);
        assertEquals(Example.yaml("[name]"), example.schema().at("/properties/list/items/required"));
    }

    @Test
    void refersToASectionsValueThatTheChartDoesNotChange() {
        example.shop("{include: [service], values: {replicas: {default: 3}}}");
        assertEquals(
                "#/$defs/replicas",
                example.schema().at("/properties/replicas/$ref").asText());
        example.shop("{include: [service], values: {replicas: {maximum: 3}}}");
        assertEquals(3, example.schema().at("/properties/replicas/maximum").asInt());
        assertFalse(example.schema().has("$defs"), "Only what is used is defined");
    }

    @Test
    void definesTheTypesThatItUses() {
        example.library("""
                types:
                  amounts: {properties: {cpu: {$ref: "#/$defs/quantity"}}}
                  quantity: {type: string}
                  other: {type: string}
                sections: {}
                """);
        example.shop("values: {limits: {$ref: '#/$defs/amounts', default: {}}}");
        assertEquals(Example.yaml("{$ref: '#/$defs/amounts'}"), example.schema().at("/properties/limits"));
        assertEquals(
                Example.yaml("[amounts, quantity]"),
                Example.yaml(example.schema()
                        .path("$defs")
                        .propertyStream()
                        .map(each -> each.getKey())
                        .toList()
                        .toString()));
    }

    @Test
    void qualifiesADefinitionWhoseNameIsTaken() {
        example.library("""
                types: {image: {type: string}}
                sections:
                  first: {image: {$ref: "#/$defs/image"}, level: {type: string}}
                  second: {level: {type: integer}, same: {type: string}}
                  third: {same: {type: string}}
                """);
        example.shop("include: [first, third]");
        JsonNode properties = example.schema().path("properties");
        assertEquals("#/$defs/first.image", properties.at("/image/$ref").asText());
        assertEquals("#/$defs/first.level", properties.at("/level/$ref").asText());
        assertEquals("#/$defs/same", properties.at("/same/$ref").asText());
    }

    @Test
    void refusesTwoTypesOfOneName() {
        example.shop("types: {size: {type: string}}").roads("types: {size: {type: integer}}");
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> example.schema());
        assertTrue(refusal.getMessage().contains("a different type size"), refusal.getMessage());
    }

    @Test
    void saysWhichTypeIsMissing() {
        example.shop("values: {size: {$ref: '#/$defs/sise'}}");
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> example.schema());
        assertEquals("helm/shop: There is no type #/$defs/sise", refusal.getMessage());
    }

    @Test
    void completesWhatIsChangedBesideATypeFromThatType() {
        example.shop("""
                types: {image: {properties: {name: {type: string}, tag: {type: string, default: ""}}}}
                values: {image: {$ref: "#/$defs/image", properties: {name: {default: shop}}}}
                """);
        assertEquals(Example.yaml("""
                        type: object
                        additionalProperties: false
                        properties: {name: {type: string}, tag: {type: string}}
                        required: [name, tag]
                        """), example.schema().at("/properties/image"));
    }

    @Test
    void leavesConditionsAsTheyAre() {
        example.shop("""
                values:
                  tls:
                    properties: {enabled: {type: boolean, default: false}, secret: {type: string, default: ""}}
                    if: {properties: {enabled: {const: true}}}
                    then: {properties: {secret: {minLength: 1}}}
                """);
        assertEquals(
                Example.yaml("{properties: {enabled: {const: true}}}"),
                example.schema().at("/properties/tls/if"));
    }

    @Test
    void ofAPartAcceptsOnlyWhatHelmAdds() {
        JsonNode properties = example.schema().path("properties");
        assertEquals(Example.yaml("{enum: [true, null]}"), properties.path("enabled"));
        assertEquals(
                Example.yaml("{type: object, additionalProperties: false, properties: {global: {type: object}}}"),
                properties.path("trellis-common"));
        JsonNode withoutSwitch = example.schema("istio/roads").path("properties");
        assertTrue(withoutSwitch.isEmpty(), withoutSwitch.toString());
    }

    @Test
    void ofTheLibraryAcceptsNothingButGlobal() {
        assertEquals(
                Example.yaml("{global: {type: object}}"),
                example.schema("helm/trellis-common").path("properties"));
    }

    @Test
    void ofTheUmbrellaHasAllOfEachPart() {
        example.roads("{switch: false, values: {lanes: {type: integer, default: 2}}}");
        JsonNode shop = example.schema("helm/trellis").at("/properties/shop");
        assertEquals(Example.yaml("[boolean, \"null\"]"), shop.at("/properties/enabled/type"));
        assertEquals("#/$defs/replicas", shop.at("/properties/replicas/$ref").asText());
        assertFalse(shop.path("additionalProperties").asBoolean(true));
        assertEquals(Example.yaml("{type: object}"), shop.at("/properties/global"));
        assertEquals(
                Example.yaml("[shop, roads]"), example.schema("helm/trellis").path("required"));
        assertFalse(example.schema("helm/trellis")
                .at("/properties/roads/properties")
                .has("enabled"));
    }

    @Test
    void ofTheUmbrellaHasOnceWhatPartsHaveAlike() {
        String image = "image: {properties: {name: {type: string, default: %s}}}";
        example.shop("values: {" + image.formatted("shop") + "}").roads("values: {" + image.formatted("roads") + "}");
        assertEquals(
                "#/properties/shop/properties/image",
                example.schema("helm/trellis")
                        .at("/properties/roads/properties/image/$ref")
                        .asText());
    }
}
