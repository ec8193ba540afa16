package trellis.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @Test
    void areUnpackedOnceHoweverManyAskAtOnce(@TempDir Path cache) throws Exception {
        Callable<Path> asked = () -> PostgresBinaries.folder(cache);
        try (var executor = Executors.newFixedThreadPool(2)) {
            for (Future<Path> folder : executor.invokeAll(List.of(asked, asked))) {
                assertTrue(Files.isExecutable(folder.get().resolve("bin/postgres")));
            }
        }
        assertEquals(1, count(cache), "what the slower one had unpacked is gone");
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
