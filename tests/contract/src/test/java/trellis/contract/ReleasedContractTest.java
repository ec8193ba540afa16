package trellis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/** Within a version only compatible changes are allowed, since not all callers are in this repository. */
class ReleasedContractTest {

    static Stream<Arguments> apis() {
        return Contracts.released(".yaml");
    }

    static Stream<Arguments> messages() {
        return Contracts.released(".schema.json");
    }

    @ParameterizedTest
    @MethodSource("apis")
    void isKeptByTodaysApi(String service, String document) {
        ChangedOpenApi changes = OpenApiCompare.fromContents(
                Contracts.released(service, document), Contracts.promised(service, document));
        assertTrue(
                changes.isCompatible(),
                () -> "That breaks " + document + " for its callers and needs a new version beside it: "
                        + changes.getMissingEndpoints() + changes.getChangedOperations());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isKeptByTodaysMessage(String service, String document) {
        assertEquals(
                List.of(),
                MessageChanges.broken(Contracts.released(service, document), Contracts.promised(service, document)));
    }

    @Test
    void refusesARemovedResponseField() {
        assertRefused("\n        weight: {type: integer, format: int32, description: In grams}", "");
    }

    @Test
    void refusesARemovedOperation() {
        assertRefused("    delete:\n      operationId: deleteProductComposite", "    patch:\n      operationId: patch");
    }

    @Test
    void refusesANewRequiredField() {
        assertRefused("required: [name, weight]\n", "required: [name, weight, reviews]\n");
    }

    @Test
    void refusesANarrowerRequestField() {
        assertRefused("minLength: 1, maxLength: 200, description: Not blank", "minLength: 1, maxLength: 100");
    }

    @Test
    void allowsANewResponseField() {
        String before = Contracts.released("product-composite", "product-composite-v1.yaml");
        String field = "\n        name: {type: string}";
        String after = before.replace(field, field + "\n        colour: {type: string}");
        assertFalse(before.equals(after), "the example changes something");
        assertTrue(OpenApiCompare.fromContents(before, after).isCompatible());
    }

    private static void assertRefused(String part, String changed) {
        String before = Contracts.released("product-composite", "product-composite-v1.yaml");
        String after = before.replace(part, changed);
        assertFalse(before.equals(after), "the example changes something");
        assertFalse(OpenApiCompare.fromContents(before, after).isCompatible());
    }
}
