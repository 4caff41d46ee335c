package dev.millrace.simulator;

/** SplitMix64: the same numbers for a seed on every JDK, which {@code SplittableRandom} does not promise. */
final class SeededRandom {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    SeededRandom(long seed) {
        this.state = seed;
    }

    long next() {
        state += STEP;
        return mix(state);
    }

    /** A scrambled function of its argument. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number that the text alone decides. */
    static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash * 31 + text.charAt(i) + STEP);
        }
        return hash;
    }

    /** Uniform in [0, 1). */
    double unit() {
        return unit(next());
    }

    static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [0, bound). */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** Waiting time of a Poisson process, at least 1. */
    long exponential(long mean) {
        return 1 + (long) (-(double) mean * StrictMath.log(1 - unit()));
    }
}
