package trellis.local.patterns;

/** One of the patterns of the design, as it can be watched in a running landscape. */
interface Pattern {
    String name();

    /** What is done to the landscape to see it. */
    String done();

    /**
     * Does it, and takes it back.
     *
     * @throws IllegalStateException if what was expected did not happen in time
     */
    Finding show();
}
