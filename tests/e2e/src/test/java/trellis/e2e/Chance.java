package trellis.e2e;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Where all that is generated comes from: of one seed always the same. */
record Chance(RandomGenerator random) {
    private static final String SEED = "fuzz.seed";

    /** Of a new seed, or of the one that {@code -Dfuzz.seed} says. It is printed, so that a run that failed can be had again. */
    static Chance ofThisRun(String what) {
        long seed = Long.getLong(SEED, System.nanoTime());
        System.out.printf("The %s are generated with -D%s=%d%n", what, SEED, seed);
        return new Chance(new SplittableRandom(seed));
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Both ends can be had. */
    long between(long least, long most) {
        if (most < Long.MAX_VALUE) {
            return random.nextLong(least, most + 1);
        }
        return least == Long.MIN_VALUE ? random.nextLong() : random.nextLong(least - 1, most) + 1;
    }

    int between(int least, int most) {
        return (int) between((long) least, most);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return oneOf(List.of(choices));
    }
}
