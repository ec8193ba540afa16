package trellis.local.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The charts in the checkout. */
class ChartFilesTest {
    private static final Path CHECKOUT = Path.of("..");

    @Test
    void areWhatTheirSourcesSay() throws IOException {
        for (Map.Entry<Path, String> file : new Charts(CHECKOUT).files().entrySet()) {
            Path existing = CHECKOUT.resolve(file.getKey());
            assertEquals(
                    file.getValue(),
                    Files.exists(existing) ? Files.readString(existing) : "",
                    () -> file.getKey() + " is not what its schema.yaml says: run make charts");
        }
    }
}
