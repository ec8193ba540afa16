package trellis.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Texts that a regular expression matches as a whole: long ones, short ones, and those with every part at a bound. */
final class PatternTexts {
    private static final int MANY_CHARACTERS = 80;
    private static final int MANY_GROUPS = 8;
    private static final List<Character> VISIBLE = characters('!', '~');

    private final RandomSource chance;
    private final String pattern;
    private int at;

    private PatternTexts(RandomSource chance, String pattern) {
        this.chance = chance;
        this.pattern = pattern;
    }

    /** Throws {@link IllegalArgumentException} if the pattern has a construct that is not known here. */
    static String text(RandomSource chance, String pattern) {
        var parser = new PatternTexts(chance, pattern);
        Supplier<String> whole = parser.alternatives();
        if (parser.at < pattern.length()) {
            throw parser.unknown();
        }
        return whole.get();
    }

    private Supplier<String> alternatives() {
        List<Supplier<String>> alternatives = new ArrayList<>(List.of(sequence()));
        while (take('|')) {
            alternatives.add(sequence());
        }
        return () -> chance.oneOf(alternatives).get();
    }

    private Supplier<String> sequence() {
        List<Supplier<String>> parts = new ArrayList<>();
        while (at < pattern.length() && "|)".indexOf(pattern.charAt(at)) < 0) {
            int many = pattern.charAt(at) == '(' ? MANY_GROUPS : MANY_CHARACTERS;
            parts.add(repeated(atom(), many));
        }
        return () -> {
            var text = new StringBuilder();
            parts.forEach(part -> text.append(part.get()));
            return text.toString();
        };
    }

    private Supplier<String> atom() {
        char next = pattern.charAt(at++);
        return switch (next) {
            case '^', '$' -> () -> "";
            case '(' -> {
                Supplier<String> group = alternatives();
                require(')');
                yield group;
            }
            case '[' -> oneOf(characterClass());
            case '\\' -> {
                char escaped = pattern.charAt(at++);
                if (Character.isLetterOrDigit(escaped) && escaped != 'S') {
                    throw unknown();
                }
                yield oneOf(escaped == 'S' ? VISIBLE : List.of(escaped));
            }
            case '.', '*', '+', '?', '{' -> throw unknown();
            default -> oneOf(List.of(next));
        };
    }

    private Supplier<String> oneOf(List<Character> choices) {
        return () -> chance.oneOf(choices).toString();
    }

    private List<Character> characterClass() {
        if (pattern.charAt(at) == '^') {
            throw unknown();
        }
        List<Character> choices = new ArrayList<>();
        while (pattern.charAt(at) != ']') {
            char first = pattern.charAt(at++);
            if (pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                choices.addAll(characters(first, pattern.charAt(at + 1)));
                at += 2;
            } else {
                choices.add(first);
            }
        }
        require(']');
        return choices;
    }

    private Supplier<String> repeated(Supplier<String> part, int many) {
        if (take('?')) {
            return times(part, 0, 1);
        } else if (take('*')) {
            return times(part, 0, many);
        } else if (take('+')) {
            return times(part, 1, many);
        } else if (take('{')) {
            int end = pattern.indexOf('}', at);
            String[] bounds = pattern.substring(at, end).split(",");
            at = end + 1;
            return times(part, Integer.parseInt(bounds[0]), Integer.parseInt(bounds[bounds.length - 1]));
        }
        return part;
    }

    private Supplier<String> times(Supplier<String> part, int least, int most) {
        return () -> {
            int count =
                    switch (chance.between(0, 9)) {
                        case 0, 1 -> least;
                        case 2 -> most;
                        default -> chance.between(least, Math.min(most, least + 5));
                    };
            var text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append(part.get());
            }
            return text.toString();
        };
    }

    private boolean take(char expected) {
        boolean there = at < pattern.length() && pattern.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void require(char expected) {
        if (!take(expected)) {
            throw unknown();
        }
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException("Nothing is known of what is before " + at + " in " + pattern);
    }

    private static List<Character> characters(char first, char last) {
        List<Character> characters = new ArrayList<>();
        for (char each = first; each <= last; each++) {
            characters.add(each);
        }
        return characters;
    }
}
