package trellis.chassis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    private static final String SHARES = "mixed mode, sharing";
    private static final String SHARES_NOTHING = "mixed mode";

    @TempDir
    private Path folder;

    @Test
    void isUsedIfTheJvmWasToldToAndSharesClasses() throws IOException {
        var cache = new AotCache(options(Files.createFile(folder.resolve("start.aot"))), SHARES);
        assertTrue(cache.used());
        assertEquals(Optional.empty(), cache.problem());
    }

    @Test
    void isNoProblemIfTheJvmWasNotToldToUseOne() {
        var cache = new AotCache(List.of("-Xmx128m"), SHARES); // with the classes of the JVM itself
        assertFalse(cache.used());
        assertEquals(Optional.empty(), cache.problem());
    }

    @Test
    void saysThatTheFileIsNotThere() {
        var cache = new AotCache(options(folder.resolve("start.aot")), SHARES_NOTHING);
        assertFalse(cache.used());
        assertTrue(cache.problem().orElseThrow().contains("there is no " + folder.resolve("start.aot")));
    }

    @Test
    void saysThatTheFileIsOfNoUse() throws IOException {
        var cache = new AotCache(options(Files.writeString(folder.resolve("start.aot"), "of another")), SHARES_NOTHING);
        assertFalse(cache.used());
        assertTrue(cache.problem().orElseThrow().contains("made for another build"));
    }

    @Test
    void countsTheLastOption() {
        List<String> overridden = List.of("-XX:AOTCache=first.aot", "-XX:AOTCache=" + folder.resolve("last.aot"));
        assertTrue(new AotCache(overridden, SHARES_NOTHING)
                .problem()
                .orElseThrow()
                .contains(folder.resolve("last.aot").toString()));
    }

    private static List<String> options(Path file) {
        return List.of("-Xmx128m", "-XX:AOTCache=" + file);
    }
}
