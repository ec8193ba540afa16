package trellis.e2e;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trellis.local.Services;

/** {@code make service}, in a copy of the checkout. */
@Tag("processes")
@Timeout(value = 20, unit = MINUTES)
class NewServiceTest {
    private static final String NAME = "price";

    /** Folders of a build, an editor or Git. */
    private static final Set<String> LEFT_OUT = Set.of("target", ".local", ".git", ".idea");

    @TempDir
    private Path folder;

    @Test
    void passesTheTestsOfEveryServiceAndReadsTheLogFromItsBeginning() throws Exception {
        Path checkout = folder.resolve("checkout");
        Path data = folder.resolve("data");
        try (var before = new LocalRun(Command.repository(), data)) {
            before.awaitUp();
            await().atMost(1, MINUTES)
                    .until(() -> before.get(Services.COMPOSITE, "/v1/product-composites/1")
                                    .statusCode()
                            == 200);
            before.stop();
        }

        copy(Command.repository(), checkout, LEFT_OUT);
        copy(
                Command.repository().resolve("local/target"),
                checkout.resolve("local/target"),
                Set.of("surefire-reports"));
        Command.of("make", "service", "NAME=" + NAME)
                .in(checkout, Map.of("BUILD", "no"))
                .run();
        Command.of(
                        "local/mvn",
                        "verify",
                        "--projects=services/" + NAME + ",tests/contract,tests/architecture,tests/charts",
                        "--also-make",
                        "-Dtest=Price*Test,ServicesTest,trellis.contract.*Test,trellis.charts.*Test,!StartTest,!LintTest",
                        "-Dsurefire.failIfNoSpecifiedTests=false")
                .in(checkout, Map.of())
                .run();

        try (var after = new LocalRun(checkout, data, NAME)) {
            after.awaitUp();
            await().atMost(1, MINUTES)
                    .until(() -> after.get(NAME, "/v1/prices/1").statusCode() == 200);
            assertTrue(after.get(NAME, "/v1/prices/1").body().contains("\"productId\":1"));
            assertEquals(404, after.get(NAME, "/v1/prices/13").statusCode());
        }
    }

    private static void copy(Path from, Path to, Set<String> leftOut) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (leftOut.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
