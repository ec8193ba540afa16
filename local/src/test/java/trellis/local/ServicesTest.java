package trellis.local;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static final Path FOLDER = Path.of("../services");

    @Test
    void areThoseThatHaveAFolder() throws IOException {
        assertEquals(Set.copyOf(Services.ALL), folders(folder -> Files.exists(folder.resolve("pom.xml"))));
    }

    @Test
    void readTheLogIfTheyHaveADatabase() throws IOException {
        assertEquals(
                Set.copyOf(Services.CORE),
                folders(folder -> Files.exists(folder.resolve("src/main/resources/db/migration"))));
    }

    private static Set<String> folders(Predicate<Path> condition) throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(condition)
                    .map(folder -> folder.getFileName().toString())
                    .collect(toSet());
        }
    }
}
