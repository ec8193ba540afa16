package trellis.e2e;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The source of randomness for generated data: the same seed generates the same data. */
record RandomSource(RandomGenerator random) {
    private static final String SEED = "fuzz.seed";

    /** Uses a new seed, or that of {@code -Dfuzz.seed}, and prints it, so that a failed run can be reproduced. */
    static RandomSource ofThisRun(String what) {
        long seed = Long.getLong(SEED, System.nanoTime());
        System.out.printf("The %s are generated with -D%s=%d%n", what, SEED, seed);
        return new RandomSource(new SplittableRandom(seed));
    }

    /** True with a probability of 1 in {@code times}. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Both bounds are inclusive. */
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
