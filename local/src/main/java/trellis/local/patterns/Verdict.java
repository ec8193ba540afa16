package trellis.local.patterns;

enum Verdict {
    HOLDS("holds"),
    DOES_NOT_HOLD("does not hold"),
    /** For a reason that lies in what is installed, such as no mesh. */
    NOT_SHOWN("not shown here");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
