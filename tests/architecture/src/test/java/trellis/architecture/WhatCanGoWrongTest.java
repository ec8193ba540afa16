package trellis.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/what-can-go-wrong.md names exist. */
class WhatCanGoWrongTest {

    private static final Path REPOSITORY = Path.of("../..");
    private static final Path PAGE = REPOSITORY.resolve("docs/what-can-go-wrong.md");
    private static final List<Path> TESTS = tests();
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    @Test
    void namesExistingTests() throws IOException {
        List<MatchResult> named = TEST.matcher(Files.readString(PAGE)).results().toList();
        assertTrue(named.size() > 50, "It names " + named.size());
        assertEquals(
                List.of(),
                named.stream()
                        .filter(test -> !isThere(test.group(1), test.group(2)))
                        .map(MatchResult::group)
                        .toList());
    }

    @Test
    void detectsAMissingTest() {
        assertTrue(isThere("WhatCanGoWrongTest", "namesExistingTests"));
        assertFalse(isThere("WhatCanGoWrongTest", "isGone"));
        assertFalse(isThere("GoneTest", null));
    }

    /** @param method null for any */
    private static boolean isThere(String test, String method) {
        return TESTS.stream()
                .filter(file -> file.endsWith(test + ".java"))
                .anyMatch(file -> method == null || read(file).contains("void " + method + "("));
    }

    private static List<Path> tests() {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith("Test.java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
