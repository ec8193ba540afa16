package trellis.local.charts;

import java.util.ArrayList;
import java.util.List;

/** Prose in files of limited width. */
final class Text {
    private Text() {}

    /** The words in lines that start with {@code first} and {@code next}. */
    static List<String> wrapped(String first, String next, String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        String separator = "";
        for (String word : words.strip().split("\\s+")) {
            if (!separator.isEmpty() && line.length() + 1 + word.length() > Yaml.WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                separator = "";
            }
            line.append(separator).append(word);
            separator = " ";
        }
        lines.add(line.toString());
        return lines;
    }
}
