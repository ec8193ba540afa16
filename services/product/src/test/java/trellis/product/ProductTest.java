package trellis.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import trellis.chassis.http.InvalidInput;

class ProductTest {

    @Test
    void refusesAnIdBelowOne() {
        InvalidInput refusal = assertThrows(InvalidInput.class, () -> new Product(0, "Trellis", 1));
        assertEquals("Invalid productId: 0", refusal.getMessage());
        assertEquals("productId", refusal.field());
    }

    @Test
    void refusesANameThatIsMissingBlankOrTooLong() {
        for (String name : new String[] {null, "", " ", "x".repeat(Product.LONGEST_NAME + 1)}) {
            assertEquals(
                    "name",
                    assertThrows(InvalidInput.class, () -> new Product(1, name, 1))
                            .field());
        }
        assertEquals(
                Product.LONGEST_NAME,
                new Product(1, "x".repeat(Product.LONGEST_NAME), 1).name().length());
    }

    @Test
    void refusesANegativeWeight() {
        assertEquals(
                "weight",
                assertThrows(InvalidInput.class, () -> new Product(1, "Trellis", -1))
                        .field());
        assertEquals(0, new Product(1, "Trellis", 0).weight());
    }
}
