package trellis.local.patterns;

import java.util.Locale;

/**
 * What became of a pattern.
 *
 * @param seen with the figures of this run; of a pattern that is not shown, why not
 */
record Finding(Verdict verdict, String seen) {
    Finding {
        seen = seen.replaceAll("\\s+", " ").strip(); // what others have said may have lines
    }

    static Finding of(boolean holds, String seen, Object... arguments) {
        return new Finding(holds ? Verdict.HOLDS : Verdict.DOES_NOT_HOLD, String.format(Locale.ROOT, seen, arguments));
    }

    static Finding notShown(String why) {
        return new Finding(Verdict.NOT_SHOWN, why);
    }
}
