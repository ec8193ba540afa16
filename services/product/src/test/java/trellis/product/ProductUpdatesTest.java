package trellis.product;

import io.quarkus.test.junit.QuarkusTest;
import trellis.chassis.testing.LogTest;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
class ProductUpdatesTest extends LogTest {

    @Override
    protected String path(long productId) {
        return "/v1/products/" + productId;
    }
}
