package trellis.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import trellis.chassis.http.InvalidInput;

class SampleTest {

    @Test
    void refusesAnIdBelowOne() {
        assertEquals("productId", refused(0, "Trellis").field());
    }

    @Test
    void refusesANameThatIsMissingBlankOrTooLong() {
        for (String name : new String[] {null, "", " ", "x".repeat(Sample.LONGEST_NAME + 1)}) {
            assertEquals("name", refused(1, name).field());
        }
    }

    private static InvalidInput refused(long productId, String name) {
        return assertThrows(InvalidInput.class, () -> new Sample(productId, name));
    }
}
