package trellis.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

class PinnedApiTest {

    @ParameterizedTest
    @ValueSource(strings = {"product", "recommendation", "review"})
    void isStillKeptByItsProvider(String service) {
        String document = service + "-v1.yaml";
        ChangedOpenApi changes = OpenApiCompare.fromContents(
                Contracts.pinned("product-composite", document), Contracts.promised(service, document));
        assertTrue(changes.isCompatible(), () -> service + " broke its promise: " + changes.getChangedOperations());
    }

    @Test
    void wouldMissAFieldThatIsGone() {
        String promised = Contracts.promised("product", "product-v1.yaml");
        assertBroken(
                promised,
                promised.replace("[productId, name, weight]", "[productId, name]")
                        .replaceFirst("        weight: .*\n", ""));
    }

    @Test
    void wouldMissAnOperationThatIsGone() {
        String promised = Contracts.promised("review", "review-v1.yaml");
        assertBroken(promised, promised.replace("/v1/reviews:", "/v2/reviews:"));
    }

    private static void assertBroken(String before, String after) {
        assertFalse(before.equals(after), "the example changes something");
        assertFalse(OpenApiCompare.fromContents(before, after).isCompatible());
    }
}
