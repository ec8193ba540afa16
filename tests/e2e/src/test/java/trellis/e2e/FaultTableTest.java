package trellis.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTableTest {
    @TempDir
    private Path folder;

    @Test
    void aFaultThatIsSeenAgainReplacesItsRowAndNoOther() throws IOException {
        write("Broker away", Sign.Column.ANSWER, "503");
        write("Slow neighbour", Sign.Column.METRIC, "a|b");
        write("Broker away", Sign.Column.ANSWER, "503 for a write");
        assertEquals(
                List.of(
                        "| Slow neighbour | - | a\\|b | - | - | - | - | - | - |",
                        "| Broker away | 503 for a write | - | - | - | - | - | - | - |"),
                Files.readAllLines(file()).stream().skip(2).toList());
    }

    @Test
    void whatIsSeenOneAfterTheOtherSharesACell() throws IOException {
        var table = new FaultTable(file(), "Broker away");
        table.add(Sign.Column.ALERT, "one");
        table.add(Sign.Column.ALERT, "two");
        table.write();
        assertEquals(
                "| Broker away | - | - | - | - | one; two | - | - | - |",
                Files.readAllLines(file()).getLast());
    }

    private void write(String fault, Sign.Column column, String text) {
        var table = new FaultTable(file(), fault);
        table.add(column, text);
        table.write();
    }

    private Path file() {
        return folder.resolve("faults.md");
    }
}
