package trellis.composite;

import java.util.List;

/** A part of the page without which the page is still served. */
record Part<T>(String name, List<T> items, boolean missing) {

    static <T> Part<T> present(String name, List<T> items) {
        return new Part<>(name, items, false);
    }

    static <T> Part<T> missing(String name) {
        return new Part<>(name, List.of(), true);
    }
}
