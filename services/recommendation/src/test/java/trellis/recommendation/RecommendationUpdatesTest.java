package trellis.recommendation;

import io.quarkus.test.junit.QuarkusTest;
import trellis.chassis.testing.LogTest;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
class RecommendationUpdatesTest extends LogTest {

    @Override
    protected String path(long productId) {
        return "/v1/recommendations?productId=" + productId;
    }
}
