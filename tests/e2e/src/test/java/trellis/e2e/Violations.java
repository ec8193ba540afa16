package trellis.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import java.util.TreeMap;

/** Violations that were found: the number of each kind, and the first example. */
final class Violations {
    private static final int LONGEST_EXAMPLE = 1500;

    private record Kind(int times, String example) {}

    private final Map<String, Kind> kinds = new TreeMap<>();

    /** Prints the first of each kind at once. */
    void add(String kind, String example) {
        if (!kinds.containsKey(kind)) {
            System.out.printf("DISAGREEMENT %s%n    %s%n", kind, abbreviated(example));
        }
        kinds.merge(kind, new Kind(1, example), (before, now) -> new Kind(before.times + 1, before.example));
    }

    int count() {
        return kinds.values().stream().mapToInt(Kind::times).sum();
    }

    void requireNone() {
        if (!kinds.isEmpty()) {
            StringBuilder all = new StringBuilder(count() + " violations:\n");
            kinds.forEach((kind, seen) -> all.append(
                    "%s (%d times), such as%n    %s%n".formatted(kind, seen.times, abbreviated(seen.example))));
            fail(all.toString());
        }
    }

    private static String abbreviated(String example) {
        return example.length() <= LONGEST_EXAMPLE ? example : example.substring(0, LONGEST_EXAMPLE) + "...";
    }
}
