package trellis.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link in the documentation to a file or a heading of this repository is valid. */
class LinksTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private record Link(Path page, String file, String heading) {

        private boolean leadsSomewhere() {
            Path target = file.isEmpty() ? page : page.resolveSibling(file);
            return Files.exists(target) && (heading == null || headings(target).contains(heading));
        }
    }

    @Test
    void areValid() {
        List<Link> links = pages().flatMap(LinksTest::links).toList();
        assertFalse(links.isEmpty());
        assertEquals(
                List.of(), links.stream().filter(link -> !link.leadsSomewhere()).toList());
    }

    private static Stream<Path> pages() {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve("docs"))) {
            List<Path> docs =
                    files.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(
                    docs.stream(), Stream.of("README.md", "CONTRIBUTING.md").map(REPOSITORY::resolve));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Link> links(Path page) {
        return LINK.matcher(read(page)).results().map(link -> new Link(page, link.group(1), link.group(2)));
    }

    /** As GitHub generates them: lower-case letters, hyphens for blanks, no punctuation. */
    private static List<String> headings(Path page) {
        return HEADING.matcher(read(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
