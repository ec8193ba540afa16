package trellis.review;

import io.quarkus.test.junit.QuarkusTest;
import trellis.chassis.testing.LogTest;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
class ReviewUpdatesTest extends LogTest {

    @Override
    protected String path(long productId) {
        return "/v1/reviews?productId=" + productId;
    }
}
