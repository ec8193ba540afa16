package trellis.e2e;

import java.util.List;

/** Texts in many scripts, and what programs take for one by mistake. */
record Texts(Chance chance) {
    /** One code point each: what JSON, URIs and SQL escape, white space, control characters, marks, and letters of one to four bytes. */
    private static final List<String> CHARACTERS =
            ("aZ09 \"\\/<>&'%;{}\t\n\r\u0001\u001f\u007f\u0085\u00a0\u00df\u00e9\u0301\u03a9"
                            + "\u0436\u05d0\u0634\u0930\u4e2d\ud55c\u200b\u200d\u2028\u202e\ufeff\ufffd\uffff"
                            + "\ud83c\udf31\ud835\udcb3\ud83c\uddf3\udbff\udfff")
                    .codePoints()
                    .mapToObj(Character::toString)
                    .toList();

    /** White space as ECMA-262 has it, section 22.2.2.9, which is that of JSON Schema's patterns. */
    private static final List<String> BLANKS = List.of(" ", "\t", "\r\n", "\u00a0", "\u2003", "\u3000", "\u2028");

    /** Not blank, of so many code points, mostly few. */
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

    /** With a NUL, or with a surrogate that has no other half. */
    String unstorable() {
        return text(1, 20) + chance.oneOf("\0", "\ud800", "\udfff", "\udc00\ud800") + chance.oneOf("", "x");
    }
}
