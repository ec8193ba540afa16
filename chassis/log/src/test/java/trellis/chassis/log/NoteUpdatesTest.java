package trellis.chassis.log;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import trellis.chassis.testing.LogTest;
import trellis.chassis.testing.RealStores;

@QuarkusTest
@RealStores
class NoteUpdatesTest extends LogTest {

    @Override
    protected String path(long productId) {
        return "/notes/" + productId;
    }

    @Override
    protected Path schema() {
        return Path.of("src/test/resources/note.schema.json");
    }
}
