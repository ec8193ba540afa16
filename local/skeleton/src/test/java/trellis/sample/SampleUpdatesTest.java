package trellis.sample;

import io.quarkus.test.junit.QuarkusTest;
import trellis.chassis.testing.LogTest;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
class SampleUpdatesTest extends LogTest {

    @Override
    protected String path(long productId) {
        return "/v1/samples/" + productId;
    }
}
