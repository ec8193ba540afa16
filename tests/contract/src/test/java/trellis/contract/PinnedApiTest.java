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

class PinnedApiTest {

    static Stream<Arguments> apis() {
        return Contracts.pinned(".yaml");
    }

    @ParameterizedTest
    @MethodSource("apis")
    void isStillKeptByItsProvider(String service, String document) {
        String provider = Contracts.providerOf(document);
        ChangedOpenApi changes = OpenApiCompare.fromContents(
                Contracts.pinned(service, document), Contracts.promised(provider, document));
        assertTrue(
                changes.isCompatible(),
                () -> provider + " broke its promise to " + service + ": " + changes.getChangedOperations());
    }

    @Test
    void findsEveryPinnedContract() {
        assertEquals(
                List.of("product-v1.yaml", "recommendation-v1.yaml", "review-v1.yaml"),
                apis().filter(pinned -> pinned.get()[0].equals("product-composite"))
                        .map(pinned -> pinned.get()[1])
                        .toList());
    }

    @Test
    void detectsAMissingField() {
        String promised = Contracts.promised("product", "product-v1.yaml");
        assertBroken(
                promised,
                promised.replace("[productId, name, weight]", "[productId, name]")
                        .replaceFirst("        weight: .*\n", ""));
    }

    @Test
    void detectsAMissingOperation() {
        String promised = Contracts.promised("review", "review-v1.yaml");
        assertBroken(promised, promised.replace("/v1/reviews:", "/v2/reviews:"));
    }

    private static void assertBroken(String before, String after) {
        assertFalse(before.equals(after), "the example changes something");
        assertFalse(OpenApiCompare.fromContents(before, after).isCompatible());
    }
}
