package trellis.local.charts;

import java.nio.file.Path;

/** A README with a place for the table of values. */
record Readme(Path file, String text) {
    private static final String START = "<!-- values -->";
    private static final String END = "<!-- /values -->";

    /** @throws IllegalStateException if it has no place for the table */
    String with(String table) {
        int start = text.indexOf(START);
        int end = text.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalStateException(
                    file + " needs the lines " + START + " and " + END + " where its table of values belongs");
        }
        return text.substring(0, start + START.length()) + "\n" + table + text.substring(end);
    }
}
