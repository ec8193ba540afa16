package trellis.chassis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Contracts and pinned copies in the folders of the module under test. */
public final class Documents {

    private Documents() {}

    /** The one file in the folder whose name has this ending. */
    public static Path only(String folder, String ending) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            if (found.size() != 1) {
                throw new IllegalStateException(
                        "One document *" + ending + " is expected in " + folder + ", not " + found);
            }
            return found.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
