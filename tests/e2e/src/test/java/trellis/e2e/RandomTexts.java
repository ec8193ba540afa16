package trellis.e2e;

import java.util.List;

/** RandomTexts in many scripts, valid or not. */
record RandomTexts(RandomSource chance) {
    /**
     * One code point each: characters that JSON, URIs or SQL escape, white space, control characters, combining
     * marks, and letters of one to four bytes.
     */
    private static final List<String> CHARACTERS =
            ("aZ09 \"\\/<>&'%;{}\t\n\r\u0001\u001f\u007f\u0085\u00a0\u00df\u00e9\u0301\u03a9"
                            + "\u0436\u05d0\u0634\u0930\u4e2d\ud55c\u200b\u200d\u2028\u202e\ufeff\ufffd\uffff"
                            + "\ud83c\udf31\ud835\udcb3\ud83c\uddf3\udbff\udfff")
                    .codePoints()
                    .mapToObj(Character::toString)
                    .toList();

    /** White space as in ECMA-262, section 22.2.2.9, which JSON Schema's patterns use. */
    private static final List<String> BLANKS = List.of(" ", "\t", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028");

    /** Not blank, with this many code points, mostly few. */
    String text(int shortest, int longest) {
        int length = chance.oneIn(20) ? longest : chance.between(Math.max(1, shortest), Math.min(longest, 24));
        StringBuilder text = new StringBuilder(chance.oneOf("x", "\u4e2d", "\ud83c\udf31"));
        for (int i = 1; i < length; i++) {
            text.append(chance.oneOf(CHARACTERS));
        }
        return text.toString();
    }

    String blank() {
        return chance.oneOf(BLANKS).repeat(chance.between(1, 3));
    }

    /** With a NUL, or with an unpaired surrogate. */
    String unstorable() {
        return text(1, 20) + chance.oneOf("\0", "\ud800", "\udfff", "\udc00\ud800") + chance.oneOf("", "x");
    }
}
