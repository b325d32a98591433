package org.data2vec4j.core;

import java.util.Arrays;

/**
 * A random stream that is a pure function of its key: the same (seed, words…) give the same numbers on any machine, thread or
 * batch. Draw number n is the finalised counter {@code key + n·γ} (SplitMix64; Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014). Not thread-safe; make one per use, they are cheap.
 */
public final class Rng {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private long counter;
    private double spareGaussian = Double.NaN;

    private Rng(long key) {
        this.key = key;
    }

    /** The stream for a seed and the words that name its use, such as (purpose, update, sample, clone). */
    public static Rng of(long seed, long... words) {
        long key = mix(seed + GAMMA);
        for (long word : words) {
            key = mix(key ^ mix(word + GAMMA));
        }
        return new Rng(key);
    }

    /** The stream for a seed and a name, such as a parameter's. */
    public static Rng named(long seed, String name) {
        long hash =
                0xCBF29CE484222325L; // FNV-1a: stable across versions of Java, unlike String.hashCode by contract of
        // use
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return of(seed, hash);
    }

    /** 64 random bits. */
    public long nextLong() {
        counter += GAMMA;
        return mix(key + counter);
    }

    /** Uniform in [0, bound), without modulo bias. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) { // Lemire's rejection step
            long threshold = (1L << 32) % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    /** Uniform in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    public double nextDouble(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** A fair coin. */
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Standard normal (Marsaglia's polar method). */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double value = spareGaussian;
            spareGaussian = Double.NaN;
            return value;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
        spareGaussian = v * scale;
        return u * scale;
    }

    /** A uniformly random permutation of 0…n−1 (Fisher and Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        shuffle(order, n);
        return order;
    }

    /** Moves a uniform sample of {@code count} of the array's values, in random order, to its front. */
    public void shuffle(int[] values, int count) {
        for (int i = 0; i < Math.min(count, values.length - 1); i++) {
            int j = i + nextInt(values.length - i);
            int held = values[i];
            values[i] = values[j];
            values[j] = held;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
